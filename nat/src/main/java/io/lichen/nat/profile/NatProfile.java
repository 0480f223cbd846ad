// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.profile;

import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of what a node is behind. Immutable.
 *
 * @param type its name
 * @param reachable whether others have shown that they can connect to {@code external}
 * @param external how the node is seen from outside, resolved; {@code null} if nobody has said
 * @param portStep from one mapping of a symmetric NAT to the next; 0 if it has no such order or
 *     nobody knows
 */
public record NatProfile(
    NatType type, boolean reachable, @Nullable InetSocketAddress external, int portStep) {
  /** Nothing is known. */
  public static final NatProfile UNKNOWN = new NatProfile(NatType.UNKNOWN, false, null, 0);

  /** Written out, since the JVM takes ten milliseconds of a node's start to make a record's own. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NatProfile that
        && type == that.type
        && reachable == that.reachable
        && Objects.equals(external, that.external)
        && portStep == that.portStep;
  }

  @Override
  public int hashCode() {
    return Objects.hash(type, reachable, external, portStep);
  }
}
