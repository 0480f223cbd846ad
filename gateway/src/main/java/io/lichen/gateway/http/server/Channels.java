// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCountUtil;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who has subscribed to what. A message is encoded once for all; each loop takes it once for all
 * its subscribers. Thread-safe.
 */
final class Channels {
  private final Map<String, Subscribers> channels = new ConcurrentHashMap<>();

  /** The subscribers of one channel by their loop. */
  private record Subscribers(Map<Loop, Set<Peer>> byLoop) {
    Subscribers() {
      this(new ConcurrentHashMap<>());
    }

    int count() {
      return byLoop.values().stream().mapToInt(Set::size).sum();
    }
  }

  void subscribe(String channel, Peer peer) {
    channels.compute(
        channel,
        (name, before) -> {
          Subscribers subscribers = before == null ? new Subscribers() : before;
          subscribers
              .byLoop
              .computeIfAbsent(peer.loop(), loop -> ConcurrentHashMap.newKeySet())
              .add(peer);
          return subscribers;
        });
  }

  void unsubscribe(String channel, Peer peer) {
    channels.computeIfPresent(channel, (name, subscribers) -> without(subscribers, peer));
  }

  /** Sends a frame to all subscribers; how many there were. */
  int publish(String channel, Supplier<ByteBuf> encoded) {
    Subscribers subscribers = channels.get(channel);
    if (subscribers == null) {
      return 0;
    }
    int count = subscribers.count();
    ByteBuf frame = encoded.get();
    subscribers.byLoop.forEach((loop, peers) -> hand(loop, peers, frame.retain()));
    frame.release();
    return count;
  }

  private static void hand(Loop loop, Set<Peer> peers, ByteBuf frame) {
    Runnable task =
        () -> {
          peers.forEach(peer -> peer.deliver(frame.retainedDuplicate()));
          frame.release();
        };
    if (!loop.hand(frame.readableBytes(), task)) {
      ReferenceCountUtil.release(frame);
    }
  }

  private static @Nullable Subscribers without(Subscribers subscribers, Peer peer) {
    Set<Peer> peers = subscribers.byLoop.get(peer.loop());
    if (peers != null && peers.remove(peer) && peers.isEmpty()) {
      subscribers.byLoop.remove(peer.loop());
    }
    return subscribers.byLoop.isEmpty() ? null : subscribers;
  }
}
