// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import io.lichen.nat.punch.PortPrediction;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Which port the other end of a punch expects to get next, and how far the ones after that are
 * apart; it stands in place of an ack's punch id, which is 0 otherwise (docs/wire/net-nat.md, "Port
 * prediction"). Immutable.
 *
 * @param port 1 to 65535
 * @param step -64 to 64, not 0
 */
record PortHint(int port, int step) {
  /** What a punch id says; {@code null} if it is none. */
  static @Nullable PortHint of(int punchId) {
    int port = punchId & 0xffff;
    int step = punchId >> Short.SIZE;
    boolean isOne = port != 0 && step != 0 && Math.abs(step) <= PortPrediction.MAX_STEP;
    return isOne ? new PortHint(port, step) : null;
  }

  int punchId() {
    return step << Short.SIZE | port;
  }

  /** The first of those ports. */
  InetSocketAddress on(InetSocketAddress host) {
    return new InetSocketAddress(host.getAddress(), port);
  }
}
