// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net;

import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time: what is ahead happens in its order, between the timers of whoever takes part. All
 * chance comes from one seed.
 *
 * @param <T> what is ahead
 */
public abstract class SimTime<T> {
  private record Happening<T>(long atNs, long order, T what) {}

  private final PriorityQueue<Happening<T>> ahead =
      new PriorityQueue<>(
          (a, b) ->
              a.atNs != b.atNs ? Long.compare(a.atNs, b.atNs) : Long.compare(a.order, b.order));
  protected final Random random;
  private long nowNs = 1_000_000_000L;
  private long order;

  protected SimTime(long seed) {
    random = new Random(seed);
  }

  public final long nowNs() {
    return nowNs;
  }

  /** The earliest time at which a timer is due. */
  protected abstract long nextTimerNs();

  /** Runs the timers that are due. */
  protected abstract void onTimers();

  /** Something ahead is due. */
  protected abstract void happen(T what);

  /** Something that is to happen after a delay. */
  protected final void after(long delayNs, T what) {
    ahead.add(new Happening<>(nowNs + delayNs, order++, what));
  }

  /** Takes the first thing ahead away if it is due and such a one. */
  protected final @Nullable T takeDue(Predicate<T> such) {
    Happening<T> first = ahead.peek();
    if (first == null || first.atNs > nowNs || !such.test(first.what)) {
      return null;
    }
    ahead.remove();
    return first.what;
  }

  /** How long a datagram is under way. */
  protected final long travelNs(Faults faults) {
    return faults.oneWayNs() + (faults.jitterNs() == 0 ? 0 : random.nextLong(faults.jitterNs()));
  }

  /** Lets time go by until something holds; false if it does not within the limit. */
  protected final boolean passUntil(BooleanSupplier done, long limitNs) {
    long endNs = nowNs + limitNs;
    while (!done.getAsBoolean()) {
      if (!step(endNs)) {
        return false;
      }
    }
    return true;
  }

  /** Goes to the next thing that happens; false if nothing does until then. */
  private boolean step(long endNs) {
    Happening<T> first = ahead.peek();
    long nextNs = first == null ? nextTimerNs() : Math.min(nextTimerNs(), first.atNs);
    if (nextNs > endNs) {
      nowNs = endNs;
      return false;
    }
    nowNs = Math.max(nowNs, nextNs);
    T due = takeDue(any -> true);
    if (due == null) {
      onTimers();
    } else {
      happen(due);
    }
    return true;
  }
}
