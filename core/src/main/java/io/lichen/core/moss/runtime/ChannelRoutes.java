// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.room.Channels;
import io.lichen.core.moss.room.Room;
import io.lichen.gossipsub.GossipSub;
import io.lichen.gossipsub.GossipSubException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The channels that this node subscribes or publishes to. Thread-safe. */
final class ChannelRoutes {
  private final ConcurrentHashMap<String, ChannelRoute> routes = new ConcurrentHashMap<>();
  private final Room room;
  private final DeliveryQueue.MessageCallback callback;
  private final DeliveryQueue.Shared shared;
  private final TargetBoard board;
  private final GossipSub gossip;
  private final MeshHost host;
  private final NodeLoop loop;
  private final LongSupplier clockNs;

  ChannelRoutes(
      Room room,
      DeliveryQueue.MessageCallback callback,
      DeliveryQueue.Shared shared,
      TargetBoard board,
      GossipSub gossip,
      MeshHost host,
      NodeLoop loop,
      LongSupplier clockNs) {
    this.room = room;
    this.callback = callback;
    this.shared = shared;
    this.board = board;
    this.gossip = gossip;
    this.host = host;
    this.loop = loop;
    this.clockNs = clockNs;
  }

  /** The route of a channel. */
  ChannelRoute of(String channel) {
    ChannelRoute known = routes.get(channel);
    return known != null ? known : add(channel);
  }

  /** Sees to it that a route's targets are known: one visit to the loop for a new channel. */
  void ensureTracked(ChannelRoute route) {
    if (route.targets() == null) {
      loop.call(() -> track(route));
    }
  }

  /**
   * Subscribes.
   *
   * @param running whether the loop runs; otherwise {@link #subscribeAll} does it at the start
   */
  void subscribe(String channel, boolean running) {
    Channels.validate(channel);
    ChannelRoute route = of(channel);
    route.subscribed(true);
    if (running) {
      loop.call(() -> subscribeNow(route));
    }
  }

  /** Unsubscribes; what was on its way to the callback is forgotten. */
  void unsubscribe(String channel, boolean running) {
    Channels.validate(channel);
    ChannelRoute route = routes.get(channel);
    if (route == null || !route.isSubscribed()) {
      return;
    }
    route.subscribed(false);
    if (running) {
      loop.call(() -> unsubscribeNow(route));
    }
  }

  /** Subscribes to everything that was asked for before the start; the node's loop only. */
  @Nullable Void subscribeAll() {
    for (ChannelRoute route : routes.values()) {
      if (route.isSubscribed()) {
        subscribeNow(route);
      }
    }
    return null;
  }

  /** The subscribed channels. */
  List<String> subscribed() {
    List<String> channels = new ArrayList<>();
    for (ChannelRoute route : routes.values()) {
      if (route.isSubscribed()) {
        channels.add(route.channel());
      }
    }
    return channels;
  }

  /** Messages on their way to callbacks, over all channels. */
  long waitingDeliveries() {
    return routes.values().stream().mapToLong(route -> route.deliveries().count()).sum();
  }

  private ChannelRoute add(String channel) {
    if (routes.size() >= TargetBoard.MAX_TOPICS) {
      forgetUnused();
    }
    return routes.computeIfAbsent(channel, name -> new ChannelRoute(name, room, callback, shared));
  }

  /** A publisher to ever new channels must not fill the memory: what the board forgot goes. */
  private void forgetUnused() {
    routes
        .values()
        .removeIf(
            route ->
                !route.isSubscribed()
                    && route.targets() == null
                    && route.deliveries().count() == 0);
  }

  private @Nullable Void track(ChannelRoute route) {
    board.track(route);
    return null;
  }

  private @Nullable Void subscribeNow(ChannelRoute route) {
    try {
      gossip.subscribe(route.topic(), clockNs.getAsLong());
    } catch (GossipSubException e) {
      route.subscribed(false);
      throw new MossException(MossError.CONFIG_INVALID, String.valueOf(e.getMessage()), e);
    }
    host.subscribe(route);
    board.track(route);
    return null;
  }

  private @Nullable Void unsubscribeNow(ChannelRoute route) {
    host.unsubscribe(route);
    gossip.unsubscribe(route.topic(), clockNs.getAsLong());
    board.track(route);
    return null;
  }
}
