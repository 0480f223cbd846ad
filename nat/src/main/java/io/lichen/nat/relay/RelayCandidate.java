// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.relay;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A connected peer that may serve as a relay.
 *
 * @param peer which one
 * @param announced whether a valid announcement of it says that it relays
 * @param reachable whether that says that everybody can reach it
 * @param open whether that says that it is behind no NAT, or one that lets everybody in
 * @param relayed whether it is itself reached through a relay
 * @param score how it behaved
 * @param sessionsVia own sessions through it
 * @param <P> names a peer
 */
public record RelayCandidate<P extends Comparable<? super P>>(
    P peer,
    boolean announced,
    boolean reachable,
    boolean open,
    boolean relayed,
    double score,
    int sessionsVia) {

  /**
   * Those to be asked for a session with the target, the best first: open ones before others, then
   * by score, then those that carry less for us, then by name.
   */
  public static <P extends Comparable<? super P>> List<P> inOrder(
      P target, Collection<RelayCandidate<P>> connected) {
    Comparator<RelayCandidate<P>> better =
        Comparator.comparing((RelayCandidate<P> c) -> !c.open())
            .thenComparing(
                Comparator.comparingDouble((RelayCandidate<P> c) -> c.score()).reversed())
            .thenComparingInt(RelayCandidate::sessionsVia)
            .thenComparing(RelayCandidate::peer);
    return connected.stream()
        .filter(c -> c.announced() && c.reachable() && !c.relayed() && !c.peer().equals(target))
        .sorted(better)
        .map(RelayCandidate::peer)
        .toList();
  }
}
