// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeException;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.crypto.PeerId;
import io.lichen.transport.moss.SessionHandler;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What has come through relays in one session and waits to be opened and delivered. Filled by the
 * node's loop, emptied by one thread at a time. What does not fit is dropped and counted, as from a
 * datagram socket.
 */
final class RelayInbox {
  /** Payloads that may wait. */
  static final int MAX_WAITING = 4096;

  /** Their octets. */
  static final long MAX_BYTES = 4L << 20;

  /** Packets handed over as one batch. */
  private static final int BATCH = 64;

  private static final byte[] DATA_PREFIX =
      ("{\"type\":\"" + EnvelopeType.LICHEN_RELAY.wireName() + "\"").getBytes(US_ASCII);

  private record Item(Tunnel tunnel, byte[] payload) {}

  private final RelayedSession.Shared shared;
  private final PeerId remote;

  // Under the lock of this.
  private final ArrayDeque<Item> waiting = new ArrayDeque<>();
  private long bytes;

  private volatile long bytesIn;
  private volatile long lastReceivedNs = System.nanoTime();
  private boolean ended;

  RelayInbox(RelayedSession.Shared shared, PeerId remote) {
    this.shared = shared;
    this.remote = remote;
  }

  /** Adds a payload if there is room. */
  synchronized boolean add(Tunnel tunnel, byte[] payload) {
    if (waiting.size() >= MAX_WAITING || bytes + payload.length > MAX_BYTES) {
      shared.relays().inboundDropped.increment();
      return false;
    }
    waiting.add(new Item(tunnel, payload));
    bytes += payload.length;
    return true;
  }

  synchronized boolean isEmpty() {
    return waiting.isEmpty();
  }

  long bytesIn() {
    return bytesIn;
  }

  long lastReceivedNs() {
    return lastReceivedNs;
  }

  /** Whether the end may be told; once. */
  boolean takeEnd() {
    boolean first = !ended;
    ended = true;
    return first;
  }

  /** Hands over what waits, as long as it is wanted. */
  void deliver(SessionHandler target, BooleanSupplier wanted) {
    int inBatch = 0;
    for (Item item = next(wanted); item != null; item = next(wanted)) {
      open(item, target);
      if (++inBatch == BATCH) {
        target.onBatchComplete();
        inBatch = 0;
      }
    }
    if (inBatch > 0) {
      target.onBatchComplete();
    }
  }

  private @Nullable Item next(BooleanSupplier wanted) {
    if (!wanted.getAsBoolean()) {
      return null;
    }
    synchronized (this) {
      Item item = waiting.poll();
      bytes -= item == null ? 0 : item.payload().length;
      return item;
    }
  }

  private void open(Item item, SessionHandler target) {
    Tunnel.Opened opened = item.tunnel().open(item.payload());
    byte[] plaintext = opened.plaintext();
    switch (opened.freshness()) {
      case UNSEALED -> {
        shared.relays().unsealed.increment();
        shared.owner().data(remote, item.payload(), false);
      }
      case REPLAYED -> shared.relays().replayed.increment();
      case NEW, PROVEN -> {
        count(plaintext.length);
        if (isData(plaintext)) {
          onData(plaintext, opened.freshness());
        } else {
          target.onPacket(plaintext, 0, plaintext.length);
        }
      }
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  private void count(int length) {
    bytesIn += length;
    lastReceivedNs = System.nanoTime();
  }

  private static boolean isData(byte[] plaintext) {
    return plaintext.length > DATA_PREFIX.length
        && Arrays.equals(plaintext, 0, DATA_PREFIX.length, DATA_PREFIX, 0, DATA_PREFIX.length);
  }

  /** Only what was made for this very session counts as the sender's word. */
  private void onData(byte[] plaintext, Tunnel.Freshness freshness) {
    if (freshness != Tunnel.Freshness.PROVEN) {
      shared.relays().replayed.increment();
      return;
    }
    try {
      byte[] data = EnvelopeCodec.decode(plaintext, 0, plaintext.length).payload();
      shared.owner().data(remote, data, true);
    } catch (EnvelopeException e) {
      shared.counters().badEnvelopes.increment();
    }
  }
}
