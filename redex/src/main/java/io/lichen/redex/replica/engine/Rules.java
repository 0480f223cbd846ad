// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.engine;

import io.lichen.redex.replica.ReplicaRole;
import io.lichen.redex.replica.ReplicaRules;
import io.lichen.redex.replica.RoleSignal;
import io.lichen.redex.replica.wire.SyncFault;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** How the members of a set work together; called by {@link ReplicaEngine} alone. */
interface Rules {
  ReplicaRules kind();

  /** A message of the log came from another member. */
  void onMessage(long from, int type, ByteBuffer message, long nowNs) throws SyncFault;

  void onTimer(long nowNs);

  long nextDeadlineNs();

  void onForced(long nowNs);

  CompletableFuture<Long> append(List<byte[]> payloads, long nowNs);

  void transition(ReplicaRole to, RoleSignal signal, long nowNs);

  /** Takes part again. */
  void join(long nowNs);

  /** Takes part no longer. */
  void leave(long nowNs);

  /** Lets go of the log; after {@link #leave}. */
  void close();

  boolean hasLease(long nowNs);

  OptionalLong leader();

  long term();

  boolean isVoter();

  /** All records before this number stay. Thread-safe. */
  long committedSeq();
}
