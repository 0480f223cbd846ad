// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex;

import java.util.concurrent.CompletableFuture;

/** Hands what follows in a log to a callback until it ends. Thread-safe. */
public interface RedexFollower extends RedexProgress, AutoCloseable {
  /**
   * Completes after the last call: normally once the log is closed and everything was handed out,
   * or this was closed; exceptionally if reading fails, or with what the callback threw. Cancelling
   * it does nothing.
   */
  CompletableFuture<Void> end();

  /** Ends it and does not wait: a call that is being made goes on. Idempotent. */
  @Override
  void close();
}
