// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.core.moss.room.Room;
import org.jspecify.annotations.Nullable;

/**
 * What a node knows of one channel: its topic, its room, who gets a publish, whether this node
 * subscribes. Made once for a channel, so that publishers find everything in one look-up.
 */
final class ChannelRoute {
  private static final PeerLink[] NOBODY = {};

  private final String channel;
  private final String topic;
  private final Room room;
  private final DeliveryQueue deliveries;
  private volatile boolean subscribed;
  private volatile PeerLink @Nullable [] targets;

  ChannelRoute(
      String channel,
      Room room,
      DeliveryQueue.MessageCallback callback,
      DeliveryQueue.Shared shared) {
    this.channel = channel;
    this.topic = room.topic(channel);
    this.room = room;
    this.deliveries = new DeliveryQueue(this, callback, shared);
  }

  /** The name that the application uses. */
  String channel() {
    return channel;
  }

  /** The name on the wire. */
  String topic() {
    return topic;
  }

  /** Where messages for the application go. */
  DeliveryQueue deliveries() {
    return deliveries;
  }

  /** Whether the application wants this channel's messages. */
  boolean isSubscribed() {
    return subscribed;
  }

  /** Sets that. */
  void subscribed(boolean subscribed) {
    this.subscribed = subscribed;
  }

  /** Who would get a publish now; {@code null} while the node's loop does not keep track of it. */
  PeerLink @Nullable [] targets() {
    return targets;
  }

  /** Sets that; the node's loop only. The array must not change afterwards. */
  void targets(PeerLink @Nullable [] targets) {
    this.targets = targets;
  }

  /** Nobody to publish to. */
  static PeerLink[] nobody() {
    return NOBODY;
  }

  /** The payload as on the wire. */
  byte[] seal(byte[] data) {
    return room.isSealed() ? room.seal(data) : data.clone();
  }

  /** The application's payload, the receiver's to keep; {@code null} if the key does not fit. */
  byte @Nullable [] open(byte[] payload) {
    return room.isSealed() ? room.open(payload).orElse(null) : payload.clone();
  }
}
