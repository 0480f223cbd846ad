// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.publish;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.MossMessage;
import io.lichen.core.moss.MossSubscription;
import io.lichen.core.moss.SubscribeOptions;
import io.lichen.core.moss.room.Channels;
import io.lichen.core.moss.runtime.channel.ChannelRoute;
import io.lichen.core.moss.runtime.channel.ChannelValidator;
import io.lichen.core.moss.runtime.channel.DeliveryQueue;
import io.lichen.core.moss.runtime.channel.JoinedRoom;
import io.lichen.core.moss.runtime.work.NodeLife;
import io.lichen.core.moss.runtime.work.NodeLoop;
import io.lichen.gossipsub.GossipSub;
import io.lichen.gossipsub.GossipSubException;
import io.lichen.gossipsub.TopicValidator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channels that this node subscribes or publishes to, over all its rooms, by their wire topics.
 * Thread-safe. What a subscription changes is changed on the node's loop, where it is seen whether
 * the room has been left meanwhile.
 */
public final class ChannelRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(ChannelRoutes.class);

  private final ConcurrentHashMap<String, ChannelRoute> byTopic = new ConcurrentHashMap<>();
  private final DeliveryQueue.MessageCallback callback;
  private final DeliveryQueue.Shared shared;
  private final ChannelValidator.Shared validation;
  private final TargetBoard board;
  private final GossipSub gossip;
  private final MeshHost host;
  private final NodeLoop loop;
  private final NodeLife life;
  private final LongSupplier clockNs;

  /**
   * Makes an empty one.
   *
   * @param life whether the loop runs; before, {@link #subscribeAll} subscribes at the start
   */
  public ChannelRoutes(
      DeliveryQueue.MessageCallback callback,
      DeliveryQueue.Shared shared,
      ChannelValidator.Shared validation,
      TargetBoard board,
      GossipSub gossip,
      MeshHost host,
      NodeLoop loop,
      NodeLife life,
      LongSupplier clockNs) {
    this.callback = callback;
    this.shared = shared;
    this.validation = validation;
    this.board = board;
    this.gossip = gossip;
    this.host = host;
    this.loop = loop;
    this.life = life;
    this.clockNs = clockNs;
  }

  /**
   * The route of a channel.
   *
   * @throws MossException {@link MossError#CONFIG_INVALID} if its topic is another room's
   */
  public ChannelRoute of(JoinedRoom room, String channel) {
    ChannelRoute known = room.route(channel);
    return known != null ? known : add(room, channel);
  }

  /** Sees to it that a route's targets are known: one visit to the loop for a new channel. */
  void ensureTracked(ChannelRoute route) {
    if (route.targets() == null) {
      loop.call(() -> track(route));
    }
  }

  /**
   * Subscribes, or changes the options of a subscription.
   *
   * @param options null to leave those of a subscription that there is, else the defaults
   * @throws MossException {@link MossError#INVALID_CHANNEL}, {@link MossError#INVALID_HANDLE} on a
   *     node that was stopped, or {@link MossError#NOT_IN_ROOM}
   */
  public void subscribe(JoinedRoom room, String channel, @Nullable SubscribeOptions options) {
    Channels.validate(channel);
    life.requireNotStopped();
    room.requireJoined();
    ChannelRoute route = of(room, channel);
    if (options != null) {
      route.options(options);
    } else if (!route.isSubscribed()) {
      route.options(SubscribeOptions.defaults());
    }
    route.forCallback(true);
    settle(route);
  }

  /**
   * Unsubscribes; what was on its way to the callback is forgotten.
   *
   * @throws MossException {@link MossError#INVALID_CHANNEL} or {@link MossError#NOT_IN_ROOM}
   */
  public void unsubscribe(JoinedRoom room, String channel) {
    Channels.validate(channel);
    room.requireJoined();
    ChannelRoute route = room.route(channel);
    if (route == null || !route.isForCallback()) {
      return;
    }
    route.forCallback(false);
    if (route.isSubscribed()) {
      // Listeners stay, and never said how.
      route.options(SubscribeOptions.defaults());
    }
    settle(route);
  }

  /**
   * Gives a channel's messages to a listener besides whoever else gets them.
   *
   * @return ends that; idempotent
   * @throws MossException as {@link #subscribe} does
   */
  public MossSubscription listen(JoinedRoom room, String channel, Consumer<MossMessage> listener) {
    Channels.validate(channel);
    life.requireNotStopped();
    room.requireJoined();
    ChannelRoute route = of(room, channel);
    if (!route.isSubscribed()) {
      route.options(SubscribeOptions.defaults());
    }
    route.addListener(listener);
    try {
      settle(route);
    } catch (MossException e) {
      route.removeListener(listener);
      throw e;
    }
    AtomicBoolean ended = new AtomicBoolean();
    return () -> {
      if (ended.compareAndSet(false, true)) {
        stopListening(route, listener);
      }
    };
  }

  private void stopListening(ChannelRoute route, Consumer<MossMessage> listener) {
    route.removeListener(listener);
    try {
      settle(route);
    } catch (MossException e) {
      LOG.debug("The node stopped while somebody ceased to listen to {}", route.channel(), e);
    }
  }

  /** Lets the engine know whether the channel is wanted now. */
  private void settle(ChannelRoute route) {
    if (life.isRunning()) {
      loop.call(() -> route.isSubscribed() ? subscribeNow(route) : unsubscribeNow(route));
    }
  }

  /** Ends all that a room had; nothing of it begins afterwards. */
  void leave(JoinedRoom room) {
    room.markLeft();
    room.routes().forEach(ChannelRoute::endSubscriptions);
    room.routes().forEach(ChannelRoute::endKeeping);
    if (life.isRunning()) {
      loop.call(() -> forgetAll(room));
    } else {
      forgetAll(room);
    }
  }

  /** Subscribes to everything that was asked for before the start; the node's loop only. */
  public void subscribeAll() {
    for (ChannelRoute route : byTopic.values()) {
      if (route.isSubscribed() && route.room().isJoined()) {
        subscribeNow(route);
      }
    }
  }

  /**
   * The subscribed channels of all rooms, as mesh info has them: by their names, or by their topics
   * if the node has no room of its own (docs/wire/moss-mesh.md, "Mesh info").
   */
  public List<String> subscribed(boolean byName) {
    return byTopic.values().stream()
        .filter(ChannelRoute::isSubscribed)
        .map(route -> byName ? route.channel() : route.topic())
        .toList();
  }

  /** Looks for subscribers that hold up the node and do nothing; the node's loop, now and then. */
  public void watchDeliveries(long nowNs) {
    for (ChannelRoute route : byTopic.values()) {
      route.deliveries().watch(nowNs);
    }
  }

  /** Messages on their way to callbacks, over all channels. */
  public long waitingDeliveries() {
    return byTopic.values().stream().mapToLong(route -> route.deliveries().count()).sum();
  }

  private ChannelRoute add(JoinedRoom room, String channel) {
    if (byTopic.size() >= TargetBoard.MAX_TOPICS) {
      forgetUnused();
    }
    ChannelRoute fresh = new ChannelRoute(room, channel, callback, shared);
    // What a room that was left could not take with it makes way.
    ChannelRoute known =
        byTopic.merge(fresh.topic(), fresh, (old, made) -> old.room().isJoined() ? old : made);
    if (known.room() != room) {
      throw new MossException(
          MossError.CONFIG_INVALID,
          "'%s' in room '%s' is on the wire what '%s' is in room '%s'"
              .formatted(channel, room.id(), known.channel(), known.room().id()));
    }
    room.add(known);
    return known;
  }

  /** A publisher to ever new channels must not fill the memory: what the board forgot goes. */
  private void forgetUnused() {
    for (ChannelRoute route : byTopic.values()) {
      if (!route.isSubscribed() && route.targets() == null && route.deliveries().count() == 0) {
        remove(route);
      }
    }
  }

  private void remove(ChannelRoute route) {
    byTopic.remove(route.topic(), route);
    route.room().remove(route);
  }

  private @Nullable Void track(ChannelRoute route) {
    route.room().requireJoined();
    board.track(route);
    return null;
  }

  private @Nullable Void subscribeNow(ChannelRoute route) {
    if (!route.room().isJoined()) {
      route.endSubscriptions();
      remove(route);
    }
    route.room().requireJoined();
    try {
      TopicValidator validator = route.validator(validation);
      if (!gossip.subscribe(route.topic(), validator, clockNs.getAsLong())) {
        gossip.validator(route.topic(), validator);
      }
    } catch (GossipSubException e) {
      route.forCallback(false);
      throw new MossException(MossError.CONFIG_INVALID, String.valueOf(e.getMessage()), e);
    }
    host.subscribe(route);
    board.track(route);
    return null;
  }

  private @Nullable Void unsubscribeNow(ChannelRoute route) {
    if (host.unsubscribe(route)) {
      gossip.unsubscribe(route.topic(), clockNs.getAsLong());
      board.track(route);
    }
    return null;
  }

  private @Nullable Void forgetAll(JoinedRoom room) {
    for (ChannelRoute route : room.routes()) {
      route.endSubscriptions();
      if (host.unsubscribe(route)) {
        gossip.unsubscribe(route.topic(), clockNs.getAsLong());
      }
      board.forget(route);
      remove(route);
    }
    return null;
  }
}
