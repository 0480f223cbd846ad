// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Works on files away from the caller's thread: whoever is interrupted there closes the file, and
 * with it the log for everybody.
 */
final class Apart {
  /** Something that is done with a file. */
  @FunctionalInterface
  interface Task<T> {
    /** Does it. */
    T run() throws IOException;
  }

  private Apart() {}

  /** Begins it. */
  static <T> CompletableFuture<T> start(Task<T> task) {
    return CompletableFuture.supplyAsync(() -> unchecked(task), Thread::startVirtualThread);
  }

  private static <T> T unchecked(Task<T> task) {
    try {
      return task.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** Waits for it, whoever interrupts. */
  static <T> T await(CompletableFuture<T> started) throws IOException {
    try {
      return started.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException io) {
        throw new IOException(io.getMessage(), io);
      }
      throw e;
    }
  }
}
