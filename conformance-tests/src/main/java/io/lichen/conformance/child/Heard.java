// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.child;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What a child has said so far, and waiting for what it has not said yet. Thread-safe.
 *
 * @param <T> what is heard
 */
public final class Heard<T> {
  private final String owner;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<T> all = new ArrayList<>();
  private boolean ended;

  /** Nothing so far; {@code owner} is who speaks, for messages. */
  public Heard(String owner) {
    this.owner = owner;
  }

  /** One more was heard. */
  public void add(T heard) {
    change(() -> all.add(heard));
  }

  /** Forgets what was heard so far. */
  public void clear() {
    change(all::clear);
  }

  /** Nothing more will come: who waits gets an {@link AssertionError}. */
  public void end() {
    change(() -> ended = true);
  }

  /** All so far, in order of arrival. */
  public List<T> all() {
    lock.lock();
    try {
      return List.copyOf(all);
    } finally {
      lock.unlock();
    }
  }

  /** How many so far. */
  public int count() {
    lock.lock();
    try {
      return all.size();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the first that is wanted; it stays. */
  public T await(Predicate<T> wanted, String description, Duration limit) {
    return await(
        () -> all.stream().filter(wanted).findFirst(),
        () -> description + "; heard " + all.size() + " others",
        limit);
  }

  /** Waits until there are so many. */
  public List<T> awaitCount(int count, Duration limit) {
    return await(
        () -> all.size() >= count ? Optional.of(List.copyOf(all)) : Optional.empty(),
        () -> count + "; heard " + all.size(),
        limit);
  }

  /** Waits for the first that is wanted, and takes it out. */
  public T take(Predicate<T> wanted, String description, Duration limit) {
    return await(
        () -> {
          Optional<T> found = all.stream().filter(wanted).findFirst();
          found.ifPresent(all::remove);
          return found;
        },
        () -> description + "; heard " + all,
        limit);
  }

  private <R> R await(Supplier<Optional<R>> wanted, Supplier<String> description, Duration limit) {
    long leftNs = limit.toNanos();
    lock.lock();
    try {
      while (true) {
        Optional<R> found = wanted.get();
        if (found.isPresent()) {
          return found.get();
        }
        if (leftNs <= 0 || ended) {
          throw new AssertionError(
              owner
                  + (ended ? " ended without " : " did not say within " + limit + ": ")
                  + description.get());
        }
        leftNs = changed.awaitNanos(leftNs);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
