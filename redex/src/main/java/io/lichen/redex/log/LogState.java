// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.log;

import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What the parts of one log share: the live generation, the next number, the locks. */
final class LogState {
  private static final VarHandle NEXT_SEQ;

  static {
    try {
      NEXT_SEQ = MethodHandles.lookup().findVarHandle(LogState.class, "nextSeq", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final String name;
  final LogStore store;
  final TailSignal signal = new TailSignal();

  /** Held while something is appended, or the live generation is exchanged. */
  final ReentrantLock appends = new ReentrantLock();

  /** Held while files are exchanged or closed; taken before {@link #appends}. */
  final ReentrantLock files = new ReentrantLock();

  private volatile Generation live;
  private volatile boolean isClosed;
  private volatile boolean isGoverned;
  private volatile @Nullable Throwable poison;

  @SuppressWarnings("unused") // by its handle
  private long nextSeq;

  LogState(String name, LogStore store, LogStore.Opened opened) {
    this.name = name;
    this.store = store;
    this.live = opened.live();
    NEXT_SEQ.setRelease(this, opened.nextSeq());
  }

  /** The live generation. */
  Generation live() {
    return live;
  }

  /** Exchanges the live generation; with both locks. */
  void live(Generation next) {
    live = next;
  }

  /** The live generation, with a lease that must be given back. */
  Generation leased() {
    Generation now = live;
    while (!now.lease()) {
      Generation then = live;
      if (then == now) {
        throw new RedexException(RedexError.CLOSED, "the manager of log " + name + " is closed");
      }
      now = then;
    }
    return now;
  }

  long nextSeq() {
    return (long) NEXT_SEQ.getAcquire(this);
  }

  /** With the lock of appends. */
  void nextSeq(long seq) {
    store.noteNextSeq(seq);
    NEXT_SEQ.setRelease(this, seq);
  }

  boolean isClosed() {
    return isClosed;
  }

  /** Ends appends; false if they had ended. */
  boolean closed() {
    appends.lock();
    try {
      boolean isFirst = !isClosed;
      isClosed = true;
      return isFirst;
    } finally {
      appends.unlock();
      signal.changed();
    }
  }

  /** Leaves the files as they are to be found; what was mapped can still be read. */
  void end() {
    files.lock();
    try {
      Closing.all(live::end, store::close);
    } catch (IOException e) {
      throw failed("it could not be closed", e);
    } finally {
      files.unlock();
    }
  }

  /**
   * It is unknown from now on what is durable.
   *
   * @param retracts whether appends that wait for it fail, so that their records must not be seen
   */
  void poison(Throwable cause, boolean retracts) {
    appends.lock();
    try {
      poison = cause;
      if (retracts) {
        live.retract();
      }
    } finally {
      appends.unlock();
    }
  }

  /** Refuses unless something may be appended; with the lock of appends. */
  void requireWritable() {
    if (isClosed) {
      throw new RedexException(RedexError.CLOSED, "log " + name + " is closed");
    }
    if (store.isReadOnly()) {
      throw new RedexException(RedexError.CONFIG, "log " + name + " was opened to be read only");
    }
    requireSound();
  }

  /** Leaves appends to the log's replica, or to everybody again. */
  void govern(boolean value) {
    appends.lock();
    try {
      isGoverned = value;
    } finally {
      appends.unlock();
    }
  }

  /** Refuses if only the log's replica appends. */
  void requireUngoverned() {
    if (isGoverned) {
      throw new RedexException(
          RedexError.NOT_LEADER, "log " + name + " is replicated: its replica appends to it");
    }
  }

  /** Refuses after a failure. */
  void requireSound() {
    Throwable cause = poison;
    if (cause != null) {
      throw new RedexException(
          RedexError.POISONED,
          "log " + name + " failed before and must be opened anew: " + cause.getMessage(),
          cause);
    }
  }

  RedexException failed(String what, IOException cause) {
    return new RedexException(
        RedexError.IO, "log " + name + ": " + what + ": " + cause.getMessage(), cause);
  }
}
