// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.channel;

import io.lichen.core.moss.MossMessage;
import io.lichen.core.moss.SubscribeOptions;
import io.lichen.core.moss.runtime.peer.PeerLink;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a node knows of one channel of a room: its topic, who gets a publish, whether this node
 * subscribes. Made once for a channel, so that publishers find everything in one look-up.
 */
public final class ChannelRoute {
  private static final PeerLink[] NOBODY = {};

  private final JoinedRoom room;
  private final String channel;
  private final String topic;
  private final DeliveryQueue deliveries;
  private volatile boolean subscribed;
  private volatile List<Consumer<MossMessage>> listeners = List.of();
  private volatile SubscribeOptions options = SubscribeOptions.defaults();
  private volatile PeerLink @Nullable [] targets;
  private @Nullable ChannelValidator validator;
  private volatile @Nullable MessageKeeper keeper;

  public ChannelRoute(
      JoinedRoom room,
      String channel,
      DeliveryQueue.MessageCallback callback,
      DeliveryQueue.Shared shared) {
    this.room = room;
    this.channel = channel;
    this.topic = room.room().topic(channel);
    this.deliveries = new DeliveryQueue(this, callback, shared);
  }

  /** The room that it is in. */
  public JoinedRoom room() {
    return room;
  }

  /** The name that the application uses. */
  public String channel() {
    return channel;
  }

  /** The name on the wire. */
  public String topic() {
    return topic;
  }

  /** Where messages for the application go. */
  public DeliveryQueue deliveries() {
    return deliveries;
  }

  /** Whether the application wants this channel's messages, for its callback or for listeners. */
  public boolean isSubscribed() {
    return subscribed || !listeners.isEmpty();
  }

  /** Whether they go to the application's callback. */
  public boolean isForCallback() {
    return subscribed;
  }

  /** Sets that. */
  public void forCallback(boolean wanted) {
    this.subscribed = wanted;
  }

  /** Who gets them besides. */
  List<Consumer<MossMessage>> listeners() {
    return listeners;
  }

  /** Adds one of these. */
  public synchronized void addListener(Consumer<MossMessage> listener) {
    List<Consumer<MossMessage>> more = new ArrayList<>(listeners);
    more.add(listener);
    listeners = List.copyOf(more);
  }

  /** Removes one, once if it was added more often. */
  public synchronized void removeListener(Consumer<MossMessage> listener) {
    List<Consumer<MossMessage>> others = new ArrayList<>(listeners);
    others.remove(listener);
    listeners = List.copyOf(others);
  }

  /** Nobody wants them any more. */
  public synchronized void endSubscriptions() {
    subscribed = false;
    listeners = List.of();
  }

  /** How it is, or was last, subscribed. */
  public SubscribeOptions options() {
    return options;
  }

  /** Sets that, for what comes from now on. */
  public void options(SubscribeOptions newOptions) {
    options = newOptions;
    deliveries.options(newOptions);
  }

  /** Who judges its messages, null for nobody; the node's loop only. */
  public @Nullable ChannelValidator validator(ChannelValidator.Shared shared) {
    if (options.validator() == null) {
      return null;
    }
    if (validator == null) {
      validator = new ChannelValidator(this, shared);
    }
    return validator;
  }

  /** Who keeps its messages; null for nobody. */
  public @Nullable MessageKeeper keeper() {
    return keeper;
  }

  /** Sets that; null for nobody. */
  public void keeper(@Nullable MessageKeeper newKeeper) {
    keeper = newKeeper;
  }

  /** Its room is left: nobody keeps its messages any more. */
  public void endKeeping() {
    MessageKeeper current = keeper;
    if (current != null) {
      current.end();
    }
  }

  /** Who would get a publish now; {@code null} while the node's loop does not keep track of it. */
  public PeerLink @Nullable [] targets() {
    return targets;
  }

  /** Sets that; the node's loop only. The array must not change afterwards. */
  public void targets(PeerLink @Nullable [] targets) {
    this.targets = targets;
  }

  /** Nobody to publish to. */
  public static PeerLink[] nobody() {
    return NOBODY;
  }

  /** The payload as on the wire. */
  public byte[] seal(byte[] data) {
    return room.room().isSealed() ? room.room().seal(data) : data.clone();
  }

  /** The application's payload, the receiver's to keep; {@code null} if the key does not fit. */
  byte @Nullable [] open(byte[] payload) {
    return room.room().isSealed() ? room.room().open(payload).orElse(null) : payload.clone();
  }
}
