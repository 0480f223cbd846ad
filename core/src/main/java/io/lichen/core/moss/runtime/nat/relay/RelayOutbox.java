// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.relay;

import io.lichen.core.work.SerialRunner;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.SendResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent through relays in one session: sealed and passed on by a thread of its own,
 * no faster than the relay bears and the session with it takes. Thread-safe.
 */
final class RelayOutbox {
  /** What an item weighs besides its octets, as in other sessions. */
  private static final int ITEM_BYTES = 32;

  private static final long LONGEST_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long SHORT_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);

  private enum Kind {
    ENVELOPE,
    DATA,
    RAW
  }

  /** Compared by what it is, not by what it holds. */
  private static final class Item {
    final Kind kind;
    final byte[] octets;

    Item(Kind kind, byte[] octets) {
      this.kind = kind;
      this.octets = octets;
    }

    int bytes() {
      return octets.length + ITEM_BYTES;
    }
  }

  private final RelayedSession.Shared shared;
  private final Supplier<@Nullable Tunnel> way;
  private final Runnable becameWritable;
  private final SerialRunner sender;

  // Under the lock of this.
  private final ArrayDeque<Item> waiting = new ArrayDeque<>();
  private long bytes;
  private boolean wasFull;
  private boolean writableNews;

  private volatile long bytesOut;
  private volatile long lastSentNs = System.nanoTime();

  RelayOutbox(
      RelayedSession.Shared shared, Supplier<@Nullable Tunnel> way, Runnable becameWritable) {
    this.shared = shared;
    this.way = way;
    this.becameWritable = becameWritable;
    this.sender = new SerialRunner(shared.executor(), this::drain);
  }

  SendResult addEnvelope(byte[] encoded) {
    return add(new Item(Kind.ENVELOPE, encoded));
  }

  /** The envelope of application data, which is worth nothing to a session without a relay. */
  SendResult addData(byte[] encoded) {
    return add(new Item(Kind.DATA, encoded));
  }

  /** Application data, to be sent as it is. */
  SendResult addRaw(byte[] data) {
    return add(new Item(Kind.RAW, data));
  }

  private SendResult add(Item item) {
    synchronized (this) {
      if (bytes + item.bytes() > shared.maxQueuedBytes()) {
        return SendResult.OVERFLOW;
      }
      waiting.add(item);
      bytes += item.bytes();
      wasFull |= bytes >= shared.highWaterBytes();
    }
    sender.request();
    return SendResult.QUEUED;
  }

  synchronized long bytes() {
    return bytes;
  }

  synchronized boolean isEmpty() {
    return waiting.isEmpty();
  }

  synchronized boolean isWritable() {
    return !wasFull;
  }

  /** Whether it has become writable since this was asked last. */
  synchronized boolean takeWritable() {
    boolean news = writableNews;
    writableNews = false;
    return news;
  }

  synchronized void clear() {
    waiting.clear();
    bytes = 0;
  }

  /**
   * Takes the envelopes that wait, in order, and forgets the rest. One that is being sent is among
   * them: nobody knows whether it still arrives.
   */
  synchronized List<byte[]> takeEnvelopes() {
    List<byte[]> taken = new ArrayList<>();
    for (Item item : waiting) {
      if (item.kind == Kind.ENVELOPE) {
        taken.add(item.octets);
      }
    }
    clear();
    return taken;
  }

  long bytesOut() {
    return bytesOut;
  }

  long lastSentNs() {
    return lastSentNs;
  }

  private synchronized @Nullable Item peek() {
    return waiting.peek();
  }

  private void drain() {
    Item waited = null;
    for (Item item = peek(); item != null; item = peek()) {
      Tunnel tunnel = way.get();
      if (tunnel == null) {
        clear();
        return;
      }
      long pauseNs = pauseNs(tunnel, item);
      if (pauseNs > 0) {
        tunnel.askHowFar(System.nanoTime());
        if (item != waited) {
          shared.relays().paced.increment();
          waited = item;
        }
        LockSupport.parkNanos(Math.min(pauseNs, LONGEST_PAUSE_NS));
      } else {
        boolean gone = send(tunnel, item);
        tunnel.askHowFar(System.nanoTime());
        if (gone) {
          done(item);
        }
      }
    }
  }

  /** How long to wait for the session with the relay, or for what the relay bears. */
  private static long pauseNs(Tunnel tunnel, Item item) {
    MossSession via = tunnel.via().session();
    if (!via.isOpen() || !via.isWritable()) {
      // Another session takes the place of one that has ended, or the way is closed.
      return SHORT_PAUSE_NS;
    }
    int length = item.octets.length;
    int payload = item.kind == Kind.RAW ? length : Tunnel.sealedBytes(length);
    return tunnel.pace().takeOrWaitNs(payload, System.nanoTime());
  }

  /** Whether nothing more is to be done about it. */
  private boolean send(Tunnel tunnel, Item item) {
    byte[] payload = item.kind == Kind.RAW ? item.octets : tunnel.seal(item.octets);
    lastSentNs = System.nanoTime();
    return switch (tunnel.send(payload)) {
      case QUEUED -> true;
      case TOO_LARGE -> {
        shared.counters().sendTooLarge.increment();
        yield true;
      }
      case OVERFLOW, CLOSED -> false;
    };
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  private void done(Item item) {
    bytesOut += item.octets.length;
    boolean drained;
    synchronized (this) {
      if (waiting.peek() == item) {
        waiting.remove();
        bytes -= item.bytes();
      }
      drained = wasFull && bytes <= shared.highWaterBytes() / 2;
      if (drained) {
        wasFull = false;
        writableNews = true;
      }
    }
    if (drained) {
      becameWritable.run();
    }
  }
}
