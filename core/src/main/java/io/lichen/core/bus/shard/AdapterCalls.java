// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.shard;

import io.lichen.core.bus.AdapterException;
import io.lichen.core.bus.AdapterException.Kind;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls an adapter and waits for so long and no longer. What throws something else than it may is a
 * fatal error, as it is in the natives where it would be a panic. Thread-safe.
 */
public final class AdapterCalls {
  private final Duration timeout;

  /** A call of an adapter. */
  @FunctionalInterface
  public interface Call {
    /** Makes it. */
    void run() throws AdapterException, InterruptedException;
  }

  /** Waits for each call as long as this. */
  public AdapterCalls(Duration timeout) {
    this.timeout = timeout;
  }

  /**
   * Makes a call on a thread of its own, which is interrupted and left alone when it is late.
   *
   * @param late what lateness counts as
   */
  public void run(String name, Kind late, Call call) throws AdapterException, InterruptedException {
    FutureTask<Boolean> task =
        new FutureTask<>(
            () -> {
              call.run();
              return true;
            });
    Thread.ofVirtual().name("lichen-bus-" + name).start(task);
    try {
      task.get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new AdapterException(late, name + " took longer than " + timeout, e);
    } catch (ExecutionException e) {
      throw failure(name, Objects.requireNonNullElse(e.getCause(), e));
    } finally {
      task.cancel(true);
    }
  }

  private static AdapterException failure(String name, Throwable cause) {
    return cause instanceof AdapterException known
        ? known
        : new AdapterException(Kind.FATAL, name + " threw " + cause, cause);
  }
}
