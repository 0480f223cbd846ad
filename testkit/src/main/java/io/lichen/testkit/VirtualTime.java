// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit;

import java.util.Objects;
import java.util.PriorityQueue;

/**
 * A clock that jumps from event to event. Tasks run on the caller's thread in order of their time,
 * and in order of scheduling when the times are equal; so a run depends on nothing but its inputs.
 * Not thread-safe.
 */
public final class VirtualTime {
  private record Event(long atNs, long order, Runnable task) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(atNs, other.atNs);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long nowNs;
  private long scheduled;

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

  /** How many tasks wait. */
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
    events.add(new Event(nowNs + delayNs, scheduled++, Objects.requireNonNull(task)));
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
    schedule(
        firstDelayNs,
        () -> {
          task.run();
          scheduleEvery(periodNs, periodNs, task);
        });
  }

  /** Runs all that is due within the span, what it schedules included; the clock moves by it. */
  public void runFor(long spanNs) {
    long endNs = nowNs + spanNs;
    for (Event next = events.peek(); next != null && next.atNs <= endNs; next = events.peek()) {
      events.remove();
      nowNs = next.atNs;
      next.task.run();
    }
    nowNs = endNs;
  }
}
