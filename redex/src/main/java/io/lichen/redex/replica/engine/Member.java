// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.engine;

import io.lichen.redex.log.ReplicaLog;
import io.lichen.redex.replica.ReplicaListener;
import io.lichen.redex.replica.ReplicaMetrics;
import io.lichen.redex.replica.ReplicaSetup;
import io.lichen.redex.replica.ReplicationConfig;
import io.lichen.redex.replica.ReplicationLink;
import java.util.List;

/**
 * What all rules of one replica work with.
 *
 * @param log the log
 * @param logId what messages call it
 * @param setup what the replica was made from
 * @param link to the other members
 * @param listener who drives it
 * @param metrics the log's
 */
record Member(
    ReplicaLog log,
    byte[] logId,
    ReplicaSetup setup,
    ReplicationLink link,
    ReplicaListener listener,
    ReplicaMetrics metrics) {
  long self() {
    return setup.self();
  }

  List<Long> members() {
    return setup.members();
  }

  List<Long> others() {
    return members().stream().distinct().filter(member -> member != self()).toList();
  }

  ReplicationConfig config() {
    return setup.config();
  }

  long heartbeatNs() {
    return config().heartbeat().toNanos();
  }
}
