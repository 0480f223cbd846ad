// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica;

import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.RedexFile;
import io.lichen.redex.RedexTail;
import io.lichen.redex.replica.engine.ReplicaEngine;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One node's part in a replicated log. It knows no sockets, threads or clocks: a runtime drives it,
 * with the time as {@link System#nanoTime} gives it.
 *
 * <p>Everything but {@link #status} and {@link #tail} is for one thread at a time, and may wait for
 * the disk, so that the thread is not the network's. A message that means nothing, or comes from
 * nobody of the set, does nothing.
 *
 * <p>Under {@link ReplicaRules#TERMS} the log takes appends through its leader's replica only; the
 * log itself refuses them. Under {@link ReplicaRules#NATIVE} both ways are open, as upstream.
 */
public interface Replica extends AutoCloseable {
  /**
   * Begins, in {@link ReplicaRole#IDLE}.
   *
   * @param log open, and used by no other replica
   * @throws RedexException {@link RedexError#CONFIG} if the configuration has a fault; {@link
   *     RedexError#IO}, {@link RedexError#DAMAGED} if what the set had agreed on cannot be read
   */
  static Replica of(
      RedexFile log, ReplicaSetup setup, ReplicationLink link, ReplicaListener listener) {
    return ReplicaEngine.of(log, setup, link, listener);
  }

  /** Takes part from now on: idle becomes replica, and leads when nobody else does. */
  void join(long nowNs);

  /** Takes part no longer; a leader says so first. */
  void leave(long nowNs);

  /**
   * Changes the role as upstream's driver does; under {@link ReplicaRules#NATIVE} only.
   *
   * @throws IllegalStateException if the role does not change so; the message says why
   */
  void transition(ReplicaRole to, RoleSignal signal, long nowNs);

  /**
   * A message came.
   *
   * @param from its sender, as the link knows it
   * @param message one event, read from its position to its limit
   */
  void onMessage(long from, ByteBuffer message, long nowNs);

  /** The time that {@link #nextDeadlineNs} said has come, or passed. */
  void onTimer(long nowNs);

  /** When {@link #onTimer} is to be called next; changes with every call. */
  long nextDeadlineNs();

  /** Everything that was in the log when {@link ReplicaListener#force} was called is durable. */
  void onForced(long nowNs);

  /** Forcing the log failed: this node takes part no longer. */
  void onForceFailed(long nowNs);

  /**
   * Appends records with consecutive numbers.
   *
   * @return the first one's number, when {@link AckPolicy} says that they are acknowledged,
   *     completed on the thread that drives the replica; else a {@link RedexException}: {@link
   *     RedexError#NOT_LEADER} if nothing was appended because another node leads or none, {@link
   *     RedexError#UNACKNOWLEDGED} if leadership ended first, so that the records may stay or not,
   *     {@link RedexError#CONFIG} if a majority is to acknowledge but the set lives by {@link
   *     ReplicaRules#NATIVE}, or as {@link RedexFile#appendBatch}
   */
  CompletableFuture<Long> append(List<byte[]> payloads, long nowNs);

  /**
   * Whether no other node can have been leader up to now, provided that no member's clock runs more
   * than a tenth faster or slower than another's: then what this one has committed is all that was
   * acknowledged.
   */
  boolean hasLease(long nowNs);

  /** What is known now. Thread-safe. */
  ReplicaStatus status();

  /**
   * Follows the log up to what is committed; without terms up to its end. Thread-safe.
   *
   * @return as {@link RedexFile#tail}
   */
  RedexTail tail(long from);

  /** Takes part no longer and lets go of the log, which stays open. Idempotent. */
  void close(long nowNs);

  /** {@link #close(long)} now. */
  @Override
  default void close() {
    close(System.nanoTime());
  }
}
