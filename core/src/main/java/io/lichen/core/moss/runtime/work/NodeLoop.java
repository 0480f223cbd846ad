// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.work;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import io.lichen.core.work.FaultGuard;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that owns rooms, topics, scores and the peer table. Each turn it runs tasks, then
 * its stages, then the timers that are due; when there was nothing to do it rests.
 */
public final class NodeLoop {
  /** A source of work with a queue of its own. */
  public interface Stage {
    /**
     * Does a bounded piece of work.
     *
     * @return whether there was any
     */
    boolean run(long nowNs);

    /** Whether there is some to do; any thread's changes seen. */
    boolean hasWork();
  }

  private static final class Timer {
    final long periodNs;
    final LongConsumer task;
    long nextNs;

    Timer(long periodNs, LongConsumer task, long nowNs) {
      this.periodNs = periodNs;
      this.task = task;
      this.nextNs = nowNs + periodNs;
    }
  }

  private static final class Call<T> extends CompletableFuture<T> implements Runnable {
    private final Supplier<T> body;

    Call(Supplier<T> body) {
      this.body = body;
    }

    @Override
    public void run() {
      try {
        complete(body.get());
      } catch (RuntimeException e) {
        completeExceptionally(e);
      }
    }
  }

  private record Deadline(LongSupplier nextNs, LongConsumer task) {
    long leftNs(long nowNs) {
      long next = nextNs.getAsLong();
      return next == Long.MAX_VALUE ? next : next - nowNs;
    }
  }

  /** Long enough for a batch to gather, short enough not to be felt; see {@link LoopSignal}. */
  private static final long NAP_NS = 20_000L;

  /**
   * Woken sooner than this after it fell asleep, the loop is in a rush, and napping gathers work;
   * when work comes more slowly, a nap is one wake-up more for nothing.
   */
  private static final long RUSH_NS = 150_000L;

  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final LoopSignal signal;
  private final LongSupplier clockNs;
  private final FaultGuard faults;
  private final List<Stage> stages = new ArrayList<>();
  private final List<Timer> timers = new ArrayList<>();
  private final List<Deadline> deadlines = new ArrayList<>();
  private final Thread thread;
  private volatile boolean stopping;
  private volatile boolean ended;

  public NodeLoop(String name, LoopSignal signal, LongSupplier clockNs, FaultGuard faults) {
    this.signal = signal;
    this.clockNs = clockNs;
    this.faults = faults;
    this.thread = Thread.ofPlatform().name(name).unstarted(this::run);
  }

  /** Adds a source of work; before the start. They run in this order. */
  public void stage(Stage stage) {
    stages.add(stage);
  }

  /** Adds a timer, first due after one period; before the start. */
  public void every(long periodNs, LongConsumer task) {
    timers.add(new Timer(periodNs, task, clockNs.getAsLong()));
  }

  /**
   * Adds work that says itself when it is due next: a time of the loop's clock, or {@link
   * Long#MAX_VALUE} for never. It is asked in every turn, on the loop. Before the start.
   */
  public void deadline(LongSupplier nextDeadlineNs, LongConsumer task) {
    deadlines.add(new Deadline(nextDeadlineNs, task));
  }

  /** Begins. */
  public void start() {
    thread.start();
  }

  /** Runs a task on the loop, in the order of the calls; any thread. Ignored after the end. */
  public void execute(Runnable task) {
    tasks.add(task);
    signal.wake();
    if (ended) {
      refuseTasks();
    }
  }

  /**
   * Runs something on the loop and waits for its result; any thread but those that must not block.
   *
   * @throws MossException {@link MossError#NOT_STARTED} if the loop has ended or ends before
   */
  public <T> T call(Supplier<T> body) {
    if (Thread.currentThread() == thread) {
      return body.get();
    }
    Call<T> call = new Call<>(body);
    execute(call);
    try {
      return call.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** Ends the loop after the turn under way; does not wait. */
  public void stop() {
    stopping = true;
    signal.wake();
  }

  /** Waits for the end. */
  public void join() throws InterruptedException {
    thread.join();
  }

  private void run() {
    boolean busy = false;
    boolean rush = false;
    while (!stopping) {
      long nowNs = clockNs.getAsLong();
      boolean worked = turn(nowNs);
      if (worked) {
        busy = true;
      } else if (busy && rush) {
        busy = false;
        signal.nap(NAP_NS);
      } else {
        busy = false;
        signal.sleep(untilNextTimerNs(nowNs), this::hasWork);
        rush = clockNs.getAsLong() - nowNs < RUSH_NS;
      }
    }
    ended = true;
    refuseTasks();
  }

  private boolean turn(long nowNs) {
    boolean worked = runTasks();
    for (Stage stage : stages) {
      worked |= faults.guard(() -> stage.run(nowNs), true);
    }
    for (Timer timer : timers) {
      if (nowNs - timer.nextNs >= 0) {
        // A loop that was held up does not make up for the beats that it missed.
        timer.nextNs = nowNs + timer.periodNs;
        faults.guard(() -> timer.task.accept(nowNs));
        worked = true;
      }
    }
    for (Deadline deadline : deadlines) {
      if (deadline.leftNs(nowNs) <= 0) {
        faults.guard(() -> deadline.task.accept(nowNs));
        worked = true;
      }
    }
    return worked;
  }

  private boolean runTasks() {
    boolean worked = false;
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      faults.guard(task);
      worked = true;
    }
    return worked;
  }

  private boolean hasWork() {
    if (stopping || !tasks.isEmpty()) {
      return true;
    }
    for (Stage stage : stages) {
      if (stage.hasWork()) {
        return true;
      }
    }
    return false;
  }

  private long untilNextTimerNs(long nowNs) {
    long least = Long.MAX_VALUE;
    for (Timer timer : timers) {
      least = Math.min(least, timer.nextNs - nowNs);
    }
    for (Deadline deadline : deadlines) {
      least = Math.min(least, deadline.leftNs(nowNs));
    }
    return Math.max(1, least);
  }

  private void refuseTasks() {
    for (@Nullable Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      if (task instanceof Call<?> call) {
        call.completeExceptionally(
            new MossException(MossError.NOT_STARTED, "the node is not running"));
      }
    }
  }
}
