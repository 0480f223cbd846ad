// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import java.util.concurrent.TimeUnit;

/** When a punch begins; nobody's clock need be right (docs/wire/net-nat.md, "Keep-alives"). */
final class FireTime {
  /** Coordinators name a time half a second ahead; more than this is no lead but another clock. */
  static final long MAX_LEAD_MS = 2000;

  /** Half a second, but for the way that the message took. */
  static final long USUAL_LEAD_MS = 450;

  private FireTime() {}

  /** On the monotonic clock, when a time of day is named. */
  static long atNs(long fireAtMs, long unixMs, long nowNs) {
    long leadMs = fireAtMs - unixMs;
    if (leadMs > MAX_LEAD_MS || leadMs < -MAX_LEAD_MS) {
      leadMs = USUAL_LEAD_MS;
    }
    return nowNs + TimeUnit.MILLISECONDS.toNanos(Math.max(0, leadMs));
  }
}
