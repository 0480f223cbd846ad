// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net;

import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.RedexFile;
import io.lichen.redex.RedexTail;
import io.lichen.redex.replica.AckPolicy;
import io.lichen.redex.replica.ReplicaRole;
import io.lichen.redex.replica.ReplicaRules;
import io.lichen.redex.replica.ReplicaStatus;
import io.lichen.redex.replica.RoleSignal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** A log that several nodes keep, as one of them sees it. Thread-safe. */
public interface ReplicatedLog extends AutoCloseable {
  /** Its name. */
  String name();

  /** What this node has of it, committed or not; for reading. */
  RedexFile file();

  /** What this node knows now. */
  ReplicaStatus status();

  /**
   * Changes of role and leader, to each subscriber one at a time and in order; 1024 wait at most,
   * then the oldest goes, counted as {@code replicas.news.dropped}. Completes when the log or the
   * node closes.
   */
  Flow.Publisher<ReplicaStatus> changes();

  /**
   * Appends a record.
   *
   * @return its number, once it is acknowledged as {@link AckPolicy} says; else as {@link
   *     #append(List)}
   */
  default CompletableFuture<Long> append(byte[] payload) {
    return append(List.of(payload));
  }

  /**
   * Appends records with consecutive numbers. Blocks while 4096 calls, or 16 MiB, are under way;
   * those that wait for their turn at the same time are appended, or fail, together.
   *
   * @param payloads at least one
   * @return the first one's number, once they are acknowledged as {@link AckPolicy} says; else a
   *     {@link RedexException}: {@link RedexError#NOT_LEADER} if another node leads, or none;
   *     {@link RedexError#UNACKNOWLEDGED} if it is not known what became of them; {@link
   *     RedexError#CLOSED}
   */
  CompletableFuture<Long> append(List<byte[]> payloads);

  /**
   * The committed records from a number on: those that are there, and each new one.
   *
   * @return to be read by one thread at a time, and closed
   */
  RedexTail tail(long from);

  /**
   * Whether no other node has been leader since this was called: then everything that was
   * acknowledged by then is committed here.
   */
  CompletableFuture<Boolean> hasLease();

  /** Takes part, after {@link #leave}; pinned members do from the beginning. */
  void join();

  /** Takes part no longer; a leader says so first. */
  void leave();

  /**
   * Changes the role as upstream's driver does, under {@link ReplicaRules#NATIVE} only.
   *
   * @return what came of it; an {@link IllegalStateException} where the role does not change so
   */
  CompletableFuture<ReplicaStatus> transition(ReplicaRole to, RoleSignal signal);

  /**
   * Leaves, and waits until that is done, for a second at most. What waits for acknowledgement
   * fails. The file stays open. Idempotent.
   */
  @Override
  void close();
}
