// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.netns;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Threads of this process that live in a namespace: sockets that they open are there, whoever uses
 * them later.
 */
public final class InNamespace {
  private static final int READ_ONLY = 0;
  private static final int CLONE_NEWNET = 0x4000_0000;
  private static final MethodHandle SETNS =
      Libc.function("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));

  private InNamespace() {}

  /** Runs something there on a thread of its own, and waits for its result. */
  public static <T> T call(String namespace, Callable<T> action) {
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              enter(namespace);
              return action.call();
            });
    Thread thread = thread(namespace).start(task);
    try {
      T result = task.get();
      thread.join();
      return result;
    } catch (ExecutionException e) {
      throw new IllegalStateException("in namespace " + namespace, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Starts a daemon thread there. */
  public static Thread start(String namespace, Runnable action) {
    return thread(namespace)
        .start(
            () -> {
              enter(namespace);
              action.run();
            });
  }

  /** A platform thread: a virtual one would take its carrier with it. */
  private static Thread.Builder thread(String namespace) {
    return Thread.ofPlatform().daemon(true).name("in-" + namespace);
  }

  private static void enter(String namespace) {
    int file = Libc.open("/run/netns/" + namespace, READ_ONLY);
    try {
      if (file < 0 || (int) SETNS.invokeExact(file, CLONE_NEWNET) != 0) {
        throw new IllegalStateException("cannot enter namespace " + namespace);
      }
    } catch (Throwable e) {
      throw Libc.failed(e);
    } finally {
      Libc.close(file);
    }
  }
}
