// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit;

import java.util.Objects;

/**
 * A clock that jumps from event to event. Tasks run on the caller's thread in order of their time,
 * and in order of scheduling when the times are equal; so a run depends on nothing but its inputs.
 * At most 16 777 216 events wait at a time. Not thread-safe.
 */
public final class VirtualTime {
  private static final EventQueue.Handler RUN = (task, word) -> ((Runnable) task).run();

  /** Runs again and again; one object however often. */
  private final class Repetition implements Runnable {
    private final long periodNs;
    private final Runnable task;

    Repetition(long periodNs, Runnable task) {
      this.periodNs = periodNs;
      this.task = task;
    }

    @Override
    public void run() {
      task.run();
      schedule(periodNs, this);
    }
  }

  private final EventQueue events = new EventQueue();
  private long nowNs;

  /** Starts at 0. */
  public VirtualTime() {
    this(0);
  }

  /**
   * Starts at a chosen time.
   *
   * @param startNs nanoseconds, any value
   */
  public VirtualTime(long startNs) {
    nowNs = startNs;
  }

  /** The present, nanoseconds. */
  public long nowNs() {
    return nowNs;
  }

  /** How many tasks and messages wait. */
  public int pending() {
    return events.size();
  }

  /**
   * Has a task run later.
   *
   * @param delayNs nanoseconds from now, at least 0
   * @throws IllegalArgumentException if the delay is negative
   */
  public void schedule(long delayNs, Runnable task) {
    if (delayNs < 0) {
      throw new IllegalArgumentException("delayNs is " + delayNs + ", must not be negative");
    }
    scheduleAt(nowNs + delayNs, RUN, Objects.requireNonNull(task), 0);
  }

  /**
   * Has a task run again and again.
   *
   * @param firstDelayNs nanoseconds until the first run, at least 0
   * @param periodNs nanoseconds between runs, at least 1
   * @throws IllegalArgumentException if one of them is out of range
   */
  public void scheduleEvery(long firstDelayNs, long periodNs, Runnable task) {
    if (periodNs < 1) {
      throw new IllegalArgumentException("periodNs is " + periodNs + ", must be at least 1");
    }
    schedule(firstDelayNs, new Repetition(periodNs, Objects.requireNonNull(task)));
  }

  /** Runs all that is due within the span, what it schedules included; the clock moves by it. */
  public void runFor(long spanNs) {
    long endNs = nowNs + spanNs;
    while (events.size() > 0 && events.firstNs() <= endNs) {
      nowNs = events.firstNs();
      events.fireFirst();
    }
    nowNs = endNs;
  }

  /** Has a handler told of an event at a time that is not over; makes no object. */
  void scheduleAt(long atNs, EventQueue.Handler handler, Object what, int word) {
    events.add(atNs, handler, what, word);
  }
}
