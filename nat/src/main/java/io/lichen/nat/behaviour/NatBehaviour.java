// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.behaviour;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about one socket.
 *
 * @param mapping how its address is translated
 * @param filtering who reaches it
 * @param mapped how it is seen from outside, by the first server that answered; {@code null} if
 *     none did
 */
public record NatBehaviour(
    Mapping mapping, Filtering filtering, @Nullable InetSocketAddress mapped) {
  /** Nobody answered. */
  public static final NatBehaviour UNKNOWN =
      new NatBehaviour(Mapping.UNKNOWN, Filtering.UNKNOWN, null);
}
