// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net;

import io.lichen.core.net.redex.LogConfig;
import io.lichen.redex.Redex;
import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.RedexFile;
import io.lichen.redex.replica.ReplicationConfig;
import java.util.List;

/**
 * The logs of a node: below the directory that {@link NetNodeBuilder#logs} names, else in memory.
 * Thread-safe. Methods that can fail throw {@link RedexException}, {@link RedexError#CLOSED} once
 * the node is closed.
 */
public interface NetLogs {
  /** All of them, to be looked at, swept and removed; it closes with the node. */
  Redex manager();

  /**
   * The log with this name, opened and if need be made.
   *
   * @param config how it is kept; means nothing if it is open already
   * @throws RedexException as {@link Redex#open(String, io.lichen.redex.RedexConfig)}
   */
  RedexFile open(String name, LogConfig config);

  /**
   * {@link #open(String, LogConfig)} with upstream's JSON.
   *
   * @throws NetException {@link NetError#INVALID_JSON}, as {@link LogConfig#parse}
   */
  default RedexFile open(String name, String json) {
    return open(name, LogConfig.parse(json));
  }

  /**
   * This node's part in a log that several nodes keep. The file is opened, and if need be made; a
   * member of the set takes part at once.
   *
   * @param config how it is kept here, the same on all members but for the disk, and how it is
   *     replicated, which is the same on all of them
   * @throws RedexException {@link RedexError#CONFIG} if it is not to be replicated, or is already
   *     in another way, if there are not enough nodes to choose from, or if a majority is to
   *     acknowledge among members that are not pinned; else as {@link #open}
   */
  ReplicatedLog replicate(String name, LogConfig config);

  /**
   * {@link #replicate(String, LogConfig)} with upstream's JSON.
   *
   * @throws NetException {@link NetError#INVALID_JSON}, as {@link LogConfig#parse}
   */
  default ReplicatedLog replicate(String name, String json) {
    return replicate(name, LogConfig.parse(json));
  }

  /**
   * The members that a set which is not pinned would have now: those that {@link
   * NetNodeBuilder#placement} chooses; else for {@code standard} the nodes that announced most room
   * for logs. Every node chooses for itself, by what it has heard: where a majority is to
   * acknowledge, one node chooses, and all are told to pin what it chose.
   *
   * @return empty if there are not enough
   */
  List<Long> choose(String name, ReplicationConfig config);

  /** How many logs this node replicates. */
  int replicas();

  /** The metrics of replicated logs under upstream's names, in Prometheus's text format. */
  String prometheusText();
}
