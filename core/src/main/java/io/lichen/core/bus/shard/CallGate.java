// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.shard;

import io.lichen.core.bus.EventBusError;
import io.lichen.core.bus.EventBusException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Lets calls in until somebody closes it, and lets one closer at a time through, once the calls
 * inside have ended. Thread-safe.
 */
public final class CallGate {
  private enum State {
    OPEN,
    CLOSING,
    CLOSED
  }

  private State state = State.OPEN;
  private int inside;

  /** A call that is inside; closing it ends it. */
  public interface Pass extends AutoCloseable {
    @Override
    void close();
  }

  /** Enters, or refuses because the gate is closed or about to be. */
  public synchronized Pass enter() {
    if (state != State.OPEN) {
      throw new EventBusException(EventBusError.SHUTTING_DOWN, "the event bus is shutting down");
    }
    inside++;
    return this::leave;
  }

  private synchronized void leave() {
    inside--;
    notifyAll();
  }

  /** Whether calls are let in. */
  public synchronized boolean isOpen() {
    return state == State.OPEN;
  }

  /**
   * Closes the gate, or waits for who is doing so.
   *
   * @param forCalls how long to wait for calls inside; then the gate opens again
   * @param forOther how long to wait for another closer
   * @return whether the caller is the one who has to {@link #finish}; if not, all is done
   * @throws EventBusException if it took too long, or the caller was interrupted
   */
  public synchronized boolean beginClose(Duration forCalls, Duration forOther) {
    if (state != State.OPEN) {
      if (!await(State.CLOSED, forOther)) {
        throw new EventBusException(
            EventBusError.SHUTTING_DOWN, "another shutdown takes longer than " + forOther);
      }
      return false;
    }
    state = State.CLOSING;
    if (!await(State.CLOSING, forCalls)) {
      state = State.OPEN;
      notifyAll();
      throw new EventBusException(
          EventBusError.UNKNOWN, inside + " calls did not end in " + forCalls + ": still open");
    }
    return true;
  }

  /** Waits until nobody is inside, if this is the closer, or until it is closed. */
  private boolean await(State until, Duration patience) {
    long deadlineNs = System.nanoTime() + patience.toNanos();
    while (until == State.CLOSING ? inside > 0 : state != State.CLOSED) {
      long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
      if (leftMs <= 0 || (until == State.CLOSED && state == State.OPEN)) {
        return false;
      }
      try {
        wait(leftMs);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  /** Says that all is closed. */
  public synchronized void finish() {
    state = State.CLOSED;
    notifyAll();
  }
}
