// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica;

import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What a {@link Replica} is made from.
 *
 * @param self this node
 * @param members of the set in its order, never to change; this node among them if it holds one
 * @param config how it is replicated
 * @param metrics where it counts
 * @param random for the ids of requests, which must not be guessed, and for time-outs
 * @param unixMs the wall clock, which heartbeats carry for people
 */
public record ReplicaSetup(
    long self,
    List<Long> members,
    ReplicationConfig config,
    ReplicationMetrics metrics,
    RandomGenerator random,
    LongSupplier unixMs) {
  /** Copies the list. */
  public ReplicaSetup {
    members = List.copyOf(members);
  }
}
