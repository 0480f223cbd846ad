// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel;

import io.lichen.crypto.ChannelName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who subscribes to what. Belongs to the node's loop; not thread-safe.
 *
 * <p>Bounded for each peer and in all; what does not fit is refused. What a peer has is dropped
 * when the peer is.
 */
public final class ChannelRoster {
  /** Most channels of one peer where nothing else is said, as natives have it. */
  public static final int MAX_CHANNELS_OF_PEER = 1024;

  private final int maxChannelsOfPeer;
  private final int maxSubscriptions;
  private final Map<ChannelName, ChannelSubscribers> channels = new HashMap<>();
  private final Map<Long, Map<ChannelName, Subscription>> peers = new HashMap<>();
  private int subscriptions;

  /**
   * An empty roster.
   *
   * @param maxSubscriptions most subscriptions of all peers together
   */
  public ChannelRoster(int maxSubscriptions) {
    this(MAX_CHANNELS_OF_PEER, maxSubscriptions);
  }

  /**
   * An empty roster.
   *
   * @param maxChannelsOfPeer most subscriptions of one peer
   * @param maxSubscriptions most subscriptions of all peers together
   */
  public ChannelRoster(int maxChannelsOfPeer, int maxSubscriptions) {
    this.maxChannelsOfPeer = maxChannelsOfPeer;
    this.maxSubscriptions = maxSubscriptions;
  }

  /** Whether a peer may subscribe to a channel without exceeding a bound. */
  public boolean hasRoom(ChannelName channel, long nodeId) {
    Map<ChannelName, Subscription> held = peers.getOrDefault(nodeId, Map.of());
    return held.containsKey(channel)
        || (held.size() < maxChannelsOfPeer && subscriptions < maxSubscriptions);
  }

  /**
   * Enters a subscription, in place of the one that the peer has to the channel: the same again
   * changes nothing, another group replaces the old one.
   *
   * @return whether there was room
   */
  public boolean add(Subscription subscription) {
    ChannelName channel = subscription.channel();
    if (!hasRoom(channel, subscription.nodeId())) {
      return false;
    }
    Map<ChannelName, Subscription> held =
        peers.computeIfAbsent(subscription.nodeId(), id -> new HashMap<>());
    Subscription previous = held.put(channel, subscription);
    subscriptions += previous == null ? 1 : 0;
    channels
        .computeIfAbsent(channel, name -> new ChannelSubscribers())
        .replace(previous, subscription);
    return true;
  }

  /** Ends a subscription; returns whether there was one. */
  public boolean remove(ChannelName channel, long nodeId) {
    Map<ChannelName, Subscription> held = peers.get(nodeId);
    Subscription removed = held == null ? null : held.remove(channel);
    if (held == null || removed == null) {
      return false;
    }
    if (held.isEmpty()) {
      peers.remove(nodeId);
    }
    removeFromChannel(removed);
    return true;
  }

  /** Ends all subscriptions of a peer; returns how many there were. */
  public int removePeer(long nodeId) {
    Map<ChannelName, Subscription> held = peers.remove(nodeId);
    if (held == null) {
      return 0;
    }
    held.values().forEach(this::removeFromChannel);
    return held.size();
  }

  private void removeFromChannel(Subscription removed) {
    subscriptions--;
    ChannelSubscribers subscribers = channels.get(removed.channel());
    if (subscribers != null && subscribers.remove(removed)) {
      channels.remove(removed.channel());
    }
  }

  /** Ends all subscriptions that the test picks; returns how many. */
  int removeIf(Predicate<Subscription> test) {
    List<Subscription> picked = new ArrayList<>();
    peers.values().forEach(held -> held.values().stream().filter(test).forEach(picked::add));
    picked.forEach(subscription -> remove(subscription.channel(), subscription.nodeId()));
    return picked.size();
  }

  /** The peer's subscription to a channel, or null. */
  public @Nullable Subscription subscription(ChannelName channel, long nodeId) {
    return peers.getOrDefault(nodeId, Map.of()).get(channel);
  }

  /** How many subscriptions there are. */
  public int size() {
    return subscriptions;
  }

  /** The peers that subscribe to a channel, in whatever group. */
  public Set<Long> subscribers(ChannelName channel) {
    ChannelSubscribers subscribers = channels.get(channel);
    return subscribers == null ? Set.of() : subscribers.nodeIds();
  }

  /**
   * Names those who are to get the next publish: each peer without a group, and of each group the
   * member whose turn it is. No peer is named twice.
   *
   * @param recipients must not change the roster
   */
  void nextRecipients(ChannelName channel, Consumer<Subscription> recipients) {
    ChannelSubscribers subscribers = channels.get(channel);
    if (subscribers != null) {
      subscribers.next(recipients);
    }
  }
}
