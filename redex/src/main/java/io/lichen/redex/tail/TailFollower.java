// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.tail;

import io.lichen.redex.RedexFollower;
import io.lichen.redex.RedexItem;
import io.lichen.redex.RedexTail;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands what a tail brings to a callback, on a thread of its own. */
public final class TailFollower extends TailProgress implements RedexFollower {
  private static final Logger LOG = LoggerFactory.getLogger(TailFollower.class);

  private final String name;
  private final Consumer<? super RedexItem> callback;
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  /**
   * Takes a tail over and begins.
   *
   * @param name of the log
   */
  @SuppressWarnings("this-escape")
  public TailFollower(String name, RedexTail tail, Consumer<? super RedexItem> callback) {
    super(tail);
    this.name = name;
    this.callback = callback;
    Thread.ofVirtual().name("lichen-redex-follow-" + name).start(this::run);
  }

  private void run() {
    try {
      for (RedexItem item = items.peek(); item != null; item = items.peek()) {
        items.taken();
        callback.accept(item);
      }
      end.complete(null);
    } catch (Throwable e) {
      LOG.warn("log {} is no longer followed: {}", name, e.toString());
      end.completeExceptionally(e);
    } finally {
      items.close();
    }
  }

  @Override
  public CompletableFuture<Void> end() {
    return end.copy();
  }

  @Override
  public void close() {
    items.close();
  }
}
