// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.gossipsub;

import static io.lichen.testkit.gossipsub.Suite.SECOND;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * What a v0.8.19 node thinks of its peers: 0.03 a second, 0.66 a first delivery, and half a point
 * less for every message that a mesh member did not send within a second although another one did.
 */
final class NativeScores {
  private static final long BLOCK_NS = 30 * SECOND;

  /** Who was expected to send a message, and who did. */
  private record Observation(long dueNs, Set<Integer> expected, Set<Integer> delivered) {}

  private final Map<Integer, Long> knownSinceNs = new HashMap<>();
  private final Map<Integer, Double> points = new HashMap<>();
  private final Map<Integer, Long> blockedUntilNs = new HashMap<>();
  private final Map<String, Observation> observations = new HashMap<>();

  double of(int peer, long nowNs) {
    long since = knownSinceNs.computeIfAbsent(peer, key -> nowNs);
    return points.getOrDefault(peer, 0.0) + 0.03 * (nowNs - since) / SECOND;
  }

  boolean mayMesh(int peer, long nowNs) {
    return of(peer, nowNs) >= 0 && nowNs >= blockedUntilNs.getOrDefault(peer, nowNs);
  }

  boolean mayGossip(int peer, long nowNs) {
    return of(peer, nowNs) >= -10;
  }

  void block(int peer, long nowNs) {
    blockedUntilNs.put(peer, nowNs + BLOCK_NS);
  }

  void firstDelivery(int peer) {
    points.merge(peer, 0.66, Double::sum);
  }

  /** A copy, the first or a later one, came from a peer. */
  void observe(String id, int from, Set<Integer> mesh, long nowNs) {
    if (!mesh.contains(from) || of(from, nowNs) < 0) {
      return;
    }
    Observation observation = observations.get(id);
    if (observation == null) {
      Set<Integer> expected = new HashSet<>(mesh);
      expected.removeIf(peer -> of(peer, nowNs) < 0);
      observation = new Observation(nowNs + SECOND, expected, new HashSet<>());
      observations.put(id, observation);
    }
    observation.delivered().add(from);
  }

  void heartbeat(long nowNs) {
    Iterator<Observation> each = observations.values().iterator();
    while (each.hasNext()) {
      Observation observation = each.next();
      if (nowNs >= observation.dueNs()) {
        each.remove();
        observation.expected().removeAll(observation.delivered());
        observation.expected().forEach(peer -> points.merge(peer, -0.5, Double::sum));
      }
    }
  }
}
