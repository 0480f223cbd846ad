// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss;

import io.lichen.nat.behaviour.Filtering;
import io.lichen.nat.behaviour.Mapping;
import io.lichen.nat.profile.AddressSource;
import io.lichen.nat.profile.NatType;
import java.net.InetSocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a node has found out about what it is behind (docs/wire/moss-nat.md). Immutable.
 *
 * @param type the name of it
 * @param mapping when the NAT uses one external address for the node
 * @param filtering whom the NAT lets in
 * @param carrier whether a provider's NAT shows
 * @param reachable whether two others have connected to {@code external}, and still could when they
 *     were last asked
 * @param supernode whether the node relays for others
 * @param external where others see the node; {@code null} if nobody has said
 * @param seen what each source last said about that
 * @param portStep from one mapping of a symmetric NAT to the next; 0 if it has no such order or
 *     nobody knows
 */
public record NatReport(
    NatType type,
    Mapping mapping,
    Filtering filtering,
    boolean carrier,
    boolean reachable,
    boolean supernode,
    @Nullable InetSocketAddress external,
    Map<AddressSource, InetSocketAddress> seen,
    int portStep) {
  /** Nothing is known. */
  public static final NatReport UNKNOWN =
      new NatReport(
          NatType.UNKNOWN,
          Mapping.UNKNOWN,
          Filtering.UNKNOWN,
          false,
          false,
          false,
          null,
          Map.of(),
          0);

  /** Copies the map. */
  public NatReport {
    seen = Map.copyOf(seen);
  }
}
