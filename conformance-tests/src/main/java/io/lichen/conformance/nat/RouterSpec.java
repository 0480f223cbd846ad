// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import java.time.Duration;

/**
 * How to make a router. Immutable.
 *
 * @param kind its NAT
 * @param hairpin whether those inside reach each other's external addresses; with {@link
 *     NatKind#SYMMETRIC} only {@code inUserSpace}
 * @param lifetime of a mapping after its last datagram
 * @param carrier whether it is a carrier's: those behind it have shared addresses (100.64.0.0/10)
 *     and may be routers themselves
 * @param inUserSpace whether this process translates, by the model, instead of the kernel
 */
public record RouterSpec(
    NatKind kind, boolean hairpin, Duration lifetime, boolean carrier, boolean inUserSpace) {
  private static final Duration LIFETIME = Duration.ofMinutes(2);

  /** Checks that it can be made. */
  public RouterSpec {
    if (hairpin && kind == NatKind.SYMMETRIC && !inUserSpace) {
      throw new IllegalArgumentException("nftables cannot do hairpin with a mapping each");
    }
  }

  /** A home router without hairpin; mappings last two minutes. */
  public static RouterSpec of(NatKind kind) {
    return new RouterSpec(kind, false, LIFETIME, false, kind == NatKind.SEQUENTIAL_SYMMETRIC);
  }

  /** With hairpin translation. */
  public RouterSpec withHairpin() {
    return new RouterSpec(kind, true, lifetime, carrier, inUserSpace);
  }

  /** With another lifetime, whole seconds. */
  public RouterSpec withLifetime(Duration value) {
    return new RouterSpec(kind, hairpin, value, carrier, inUserSpace);
  }

  /** A carrier's. */
  public RouterSpec atCarrier() {
    return new RouterSpec(kind, hairpin, lifetime, true, inUserSpace);
  }

  /** Translated by this process. */
  public RouterSpec inOurHands() {
    return new RouterSpec(kind, hairpin, lifetime, carrier, true);
  }
}
