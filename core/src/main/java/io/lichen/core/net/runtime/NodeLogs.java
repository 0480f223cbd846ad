// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.core.net.NetLogs;
import io.lichen.core.net.ReplicatedLog;
import io.lichen.core.net.redex.LogConfig;
import io.lichen.core.net.replica.ReplicaHub;
import io.lichen.redex.Redex;
import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.RedexFile;
import io.lichen.redex.replica.AckPolicy;
import io.lichen.redex.replica.ReplicaPlacement;
import io.lichen.redex.replica.ReplicationConfig;
import io.lichen.redex.replica.ReplicationConfig.Placement;
import java.util.List;

/** The logs of a node, as the application sees them. */
final class NodeLogs implements NetLogs {
  private final Redex manager;
  private final ReplicaHub replicas;
  private final ReplicaMeters meters;
  private final ReplicaPlacement placement;

  NodeLogs(Redex manager, ReplicaHub replicas, ReplicaMeters meters, ReplicaPlacement placement) {
    this.manager = manager;
    this.replicas = replicas;
    this.meters = meters;
    this.placement = placement;
  }

  @Override
  public Redex manager() {
    return manager;
  }

  @Override
  public RedexFile open(String name, LogConfig config) {
    return manager.open(name, config.local());
  }

  @Override
  public ReplicatedLog replicate(String name, LogConfig config) {
    ReplicationConfig replication = config.replication();
    if (replication == null) {
      throw refused(name, "its configuration has no replication");
    }
    List<Long> members = members(name, replication);
    ReplicatedLog log = replicas.open(manager.open(name, config.log()), replication, members);
    meters.opened(name, replicas.metrics().of(name));
    return log;
  }

  private List<Long> members(String name, ReplicationConfig config) {
    if (config.placement() == Placement.PINNED) {
      return config.pinnedNodes();
    }
    if (config.ackPolicy() != AckPolicy.LEADER) {
      throw refused(name, "a majority acknowledges only where the members are pinned");
    }
    List<Long> members = choose(name, config);
    if (members.isEmpty()) {
      throw refused(name, "there are not " + config.effectiveFactor() + " nodes to choose from");
    }
    return members;
  }

  @Override
  public List<Long> choose(String name, ReplicationConfig config) {
    return placement.choose(name, config);
  }

  private static RedexException refused(String name, String why) {
    return new RedexException(RedexError.CONFIG, "log " + name + " is not replicated: " + why);
  }

  @Override
  public int replicas() {
    return replicas.size();
  }

  @Override
  public String prometheusText() {
    return replicas.metrics().prometheusText();
  }

  /** Leaves the sets of all replicated logs, which tells their members. */
  void leave() {
    replicas.close();
  }

  /** Closes all of them. */
  void close() {
    manager.close();
  }
}
