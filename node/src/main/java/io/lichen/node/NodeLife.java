// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The life of one node in this process: served until its input ends, its output breaks, or a signal
 * comes, and then stopped. Use once.
 *
 * @param <T> what serving may end with
 */
final class NodeLife<T> {
  private final Runnable stop;
  private final CompletableFuture<@Nullable T> ending = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  /** Of a node that this stops. */
  NodeLife(Runnable stop) {
    this.stop = stop;
  }

  /**
   * Serves on a thread of its own, since a read of the input cannot be interrupted, and stops the
   * node when that ends.
   *
   * @return what serving ended with; {@code null} if it was not that which ended it
   */
  @Nullable T live(Service<T> service) {
    Thread hook = new Thread(this::endBySignal, "lichen-signal");
    Runtime.getRuntime().addShutdownHook(hook);
    Thread.ofPlatform().name("lichen-input").daemon(true).start(() -> serve(service));
    try {
      return ending.join();
    } finally {
      stop.run();
    }
  }

  /** Lets it end. */
  void end() {
    ending.complete(null);
  }

  /** The node has stopped and all is said: the process may go. */
  void ended() {
    ended.complete(null);
  }

  private void serve(Service<T> service) {
    try {
      ending.complete(service.serve());
    } catch (IOException e) {
      ending.completeExceptionally(new UncheckedIOException(e));
    } catch (RuntimeException e) {
      ending.completeExceptionally(e);
    }
  }

  /** The process goes when this returns; so it returns when the node has stopped. */
  private void endBySignal() {
    end();
    ended.join();
  }

  /**
   * What serves the input until it ends.
   *
   * @param <T> what it may end with
   */
  @FunctionalInterface
  interface Service<T> {
    @Nullable T serve() throws IOException;
  }
}
