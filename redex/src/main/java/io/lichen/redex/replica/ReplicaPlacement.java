// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica;

import java.util.List;

/** Chooses the members of sets that are not pinned. Thread-safe. */
@FunctionalInterface
public interface ReplicaPlacement {
  /**
   * The members of a log's set, in the set's order.
   *
   * @return empty as long as there are not as many as {@link ReplicationConfig#effectiveFactor}
   */
  List<Long> choose(String log, ReplicationConfig config);
}
