// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.replica;

import io.lichen.crypto.ChannelName;
import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.RedexFile;
import io.lichen.redex.replica.ReplicaSetup;
import io.lichen.redex.replica.ReplicationConfig;
import io.lichen.redex.replica.ReplicationMetrics;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The replicas of a node: gives each message to the log that it is about. What is about none is
 * dropped, as upstream does.
 */
public final class ReplicaHub {
  /** Where a message names its log, and with how many octets. */
  private static final int LOG_ID_OFFSET = 3;

  private static final int LOG_ID_BYTES = 32;

  private final ReplicaParts parts;
  private final Holdings holdings;
  private final ReplicationMetrics metrics = new ReplicationMetrics();
  private final SecureRandom random = new SecureRandom();
  private final Map<ByteBuffer, DrivenLog> logs = new ConcurrentHashMap<>();
  private boolean isClosed;

  /**
   * Begins without any.
   *
   * @param originHash the node's, for its tag
   * @param offers tags of what the node offers
   * @param tellTags announces {@link #tags} anew; false if that cannot be done
   */
  public ReplicaHub(
      ReplicaParts parts, long originHash, Supplier<Set<String>> offers, BooleanSupplier tellTags) {
    this.parts = parts;
    this.holdings = new Holdings(originHash, offers, tellTags);
  }

  /** What the node announces of its replicas. */
  public Set<String> tags() {
    return holdings.tags();
  }

  /**
   * A message came; does not block.
   *
   * @param message one event; the hub's from now on
   */
  public void onMessage(long peerNodeId, ByteBuffer message) {
    if (message.remaining() >= LOG_ID_OFFSET + LOG_ID_BYTES) {
      int at = message.position() + LOG_ID_OFFSET;
      DrivenLog log = logs.get(message.slice(at, LOG_ID_BYTES));
      if (log != null) {
        log.driver().onMessage(peerNodeId, message);
      }
    }
  }

  /**
   * The replica of a log, made if there is none.
   *
   * @throws RedexException {@link RedexError#CONFIG} if there is one with another configuration, or
   *     as {@link io.lichen.redex.replica.Replica#of}; {@link RedexError#CLOSED}
   */
  public synchronized DrivenLog open(RedexFile file, ReplicationConfig config, List<Long> members) {
    if (isClosed) {
      throw new RedexException(RedexError.CLOSED, "the node is closed");
    }
    ByteBuffer id = ByteBuffer.wrap(ChannelName.of(file.name()).logId());
    DrivenLog open = logs.get(id);
    if (open != null) {
      return open.requireEqual(config, members);
    }
    ReplicaSetup setup =
        new ReplicaSetup(parts.self(), members, config, metrics, random, System::currentTimeMillis);
    DrivenLog log = new DrivenLog(file, setup, parts, holdings, () -> logs.remove(id));
    logs.put(id, log);
    log.start();
    return log;
  }

  /** How many there are. */
  public int size() {
    return logs.size();
  }

  /** Their metrics. */
  public ReplicationMetrics metrics() {
    return metrics;
  }

  /** Closes all of them. */
  public void close() {
    synchronized (this) {
      isClosed = true;
    }
    List.copyOf(logs.values()).forEach(DrivenLog::close);
  }
}
