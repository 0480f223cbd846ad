// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.moss;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.MossNode;
import io.lichen.gateway.http.HttpException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The channels that clients of the gateway listen to. The node listens to a channel from its first
 * client on until the last one goes; what the application subscribes to itself is no matter of
 * ours. Thread-safe.
 */
final class Channels {
  /** Channels that clients can listen to at a time. */
  static final int MAX_CHANNELS = 1024;

  private final MossNode node;
  private final Audience audience;
  private final AtomicLong recentBytes = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Channel> channels = new HashMap<>();
  private boolean isClosed;

  Channels(MossNode node, Audience audience) {
    this.node = node;
    this.audience = audience;
  }

  /** Begins to remember a channel's messages; idempotent. */
  void remember(String name) {
    lock.lock();
    try {
      get(name).remember(recentBytes);
    } finally {
      lock.unlock();
    }
  }

  /** Ceases to; idempotent. */
  void forget(String name) {
    lock.lock();
    try {
      Channel channel = channels.get(name);
      if (channel != null) {
        channel.forget();
        dropUnwanted(name, channel);
      }
    } finally {
      lock.unlock();
    }
  }

  /** What is remembered of a channel; null if nobody asked for that. */
  @Nullable RecentMessages recent(String name) {
    lock.lock();
    try {
      Channel channel = channels.get(name);
      return channel == null ? null : channel.recent();
    } finally {
      lock.unlock();
    }
  }

  /** A WebSocket begins to listen. */
  void join(String name, boolean binary) {
    lock.lock();
    try {
      get(name).count(binary, 1);
    } finally {
      lock.unlock();
    }
  }

  /** One that has joined goes. */
  void leave(String name, boolean binary) {
    lock.lock();
    try {
      Channel channel = channels.get(name);
      if (channel != null) {
        channel.count(binary, -1);
        dropUnwanted(name, channel);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Publishes. Clients that listen get it from the node's own subscription, so that it has arrived
   * somewhere even if the node has no peer.
   *
   * @throws MossException as {@link MossNode#publish} does
   */
  void publish(String name, byte[] data) {
    try {
      node.publish(name, data);
    } catch (MossException e) {
      if (e.error() != MossError.NO_PEERS || !isListenedTo(name)) {
        throw e;
      }
    }
  }

  private boolean isListenedTo(String name) {
    lock.lock();
    try {
      return channels.containsKey(name);
    } finally {
      lock.unlock();
    }
  }

  /** Ends all; whoever still asks for one is refused with 503. */
  void close() {
    lock.lock();
    try {
      isClosed = true;
      channels.values().forEach(Channel::close);
      channels.clear();
    } finally {
      lock.unlock();
    }
  }

  private Channel get(String name) {
    Channel known = channels.get(name);
    if (known != null) {
      return known;
    }
    if (isClosed) {
      // Nobody would end its subscription any more.
      throw new HttpException(503, "stopping", "The gateway stops; try again.");
    }
    if (channels.size() >= MAX_CHANNELS) {
      throw new HttpException(
          503, "too_many_channels", "clients listen to " + MAX_CHANNELS + " channels already");
    }
    Channel fresh = new Channel(name, audience);
    fresh.subscription(node.listen(name, fresh::onMessage));
    channels.put(name, fresh);
    return fresh;
  }

  private void dropUnwanted(String name, Channel channel) {
    if (!channel.isWanted()) {
      channels.remove(name);
      channel.close();
    }
  }
}
