// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.redex;

import static io.lichen.conformance.vectors.VectorFile.LOGS;

import io.lichen.conformance.vectors.KindTable;

/** The states of all kinds of logs. */
public final class RedexKinds {
  private RedexKinds() {}

  /** The table. */
  public static KindTable table() {
    return new KindTable()
        .run(LOGS, "disk", new DiskScenario())
        .run(LOGS, "checksums", new ChecksumsCheck())
        .run(LOGS, "api-behaviour", new ApiBehaviour())
        .run(LOGS, "cabi", new CabiCheck())
        .later(LOGS, "services on a NetNode", "cabi-services")
        .run(LOGS, "replication-wire", new ReplicationWireCheck())
        .run(LOGS, "replication-catchup", new CatchUpCheck())
        .run(LOGS, "replication-decisions", new DecisionsCheck())
        .run(LOGS, "replication-budget-metrics-config", new ReplicationFiguresCheck());
  }
}
