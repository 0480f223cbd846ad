// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.moss;

import io.lichen.core.moss.MossMessage;
import io.lichen.core.moss.MossSubscription;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One channel that clients of the gateway listen to: who they are, and what has come. Each message
 * is encoded once for all who get it in the same form.
 *
 * <p>{@link Channels} changes who listens, one thread at a time; messages come one after the other.
 */
final class Channel {
  private static final byte[] NOBODY = new byte[32];

  private final String name;
  private final Audience audience;
  private @Nullable MossSubscription subscription;
  private volatile @Nullable RecentMessages recent;
  private final AtomicInteger texts = new AtomicInteger();
  private final AtomicInteger binaries = new AtomicInteger();
  private volatile long newestSeq;

  Channel(String name, Audience audience) {
    this.name = name;
    this.audience = audience;
  }

  /** Where the WebSockets of one form are. */
  static String topic(String channel, boolean binary) {
    return (binary ? "moss.binary." : "moss.text.") + channel;
  }

  /** A message has come. */
  void onMessage(MossMessage message) {
    long seq = newestSeq + 1;
    newestSeq = seq;
    byte[] sender = message.sender() == null ? NOBODY : message.sender().bytes();
    ChannelMessage told =
        new ChannelMessage(name, seq, System.currentTimeMillis(), sender, message.data());
    RecentMessages ring = recent;
    if (ring != null) {
      ring.add(told);
    }
    if (texts.get() > 0) {
      audience.publish(topic(name, false), MessageFormat.text(told));
    }
    if (binaries.get() > 0) {
      audience.publish(topic(name, true), MessageFormat.binary(told));
    }
  }

  /** The node's subscription, by which messages come. */
  void subscription(MossSubscription held) {
    subscription = held;
  }

  /** Ends it. */
  void close() {
    if (subscription != null) {
      subscription.close();
    }
    forget();
  }

  /** Begins to remember what comes; answers whether it did not before. */
  boolean remember(AtomicLong allBytes) {
    if (recent != null) {
      return false;
    }
    recent = new RecentMessages(allBytes, newestSeq);
    return true;
  }

  /** Ceases to. */
  void forget() {
    RecentMessages former = recent;
    recent = null;
    if (former != null) {
      former.close();
    }
  }

  /** What it remembers; null if nobody asked it to. */
  @Nullable RecentMessages recent() {
    return recent;
  }

  /** WebSockets come, or go. */
  void count(boolean binary, int more) {
    (binary ? binaries : texts).addAndGet(more);
  }

  /** Whether anybody listens. */
  boolean isWanted() {
    return recent != null || texts.get() > 0 || binaries.get() > 0;
  }
}
