// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.work;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Completes futures that the application holds, on threads where the application may do what it
 * likes.
 */
public final class Completions {
  private final Executor executor;
  private final CallbackScope scope;

  public Completions(Executor executor, CallbackScope scope) {
    this.executor = executor;
    this.scope = scope;
  }

  /** The result of a future, for the application: what it hangs on that runs on the executor. */
  public <T> CompletableFuture<T> handOut(CompletableFuture<T> inner) {
    CompletableFuture<T> outer = new CompletableFuture<>();
    var unused =
        inner.whenComplete(
            (result, failure) ->
                run(
                    () -> {
                      if (failure == null) {
                        outer.complete(result);
                      } else {
                        outer.completeExceptionally(failure);
                      }
                    }));
    return outer;
  }

  /** Runs a completion on the executor, or here if the node has been stopped. */
  public void run(Runnable completion) {
    try {
      executor.execute(() -> scope.call(completion));
    } catch (RejectedExecutionException e) {
      scope.call(completion);
    }
  }
}
