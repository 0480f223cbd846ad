// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net;

import io.lichen.core.net.channel.ChannelConfig;
import io.lichen.transport.net.SendVerdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The channels of a node: those it publishes to, and those of its peers to which it subscribes.
 * There is no broker: a publisher sends to its own subscribers. Thread-safe.
 *
 * <p>A name has 1 to 255 characters out of {@code a-z 0-9 - _ . /}; no segment between slashes is
 * empty, {@code .} or {@code ..}.
 */
public interface NetChannels {
  /**
   * Registers a channel of this node, in place of what was registered for the name. Peers can
   * subscribe to registered channels only.
   *
   * @throws NetException {@link NetError#CHANNEL} if the name is invalid, or 65536 others are
   *     registered
   */
  void register(String channel, ChannelConfig config);

  /**
   * Registers all channels whose name begins so and has no configuration of its own; of several
   * prefixes the longest counts.
   *
   * @throws NetException {@link NetError#CHANNEL} if 65536 other prefixes are registered
   */
  void registerPrefix(String prefix, ChannelConfig config);

  /** Forgets what was registered for a name; nobody can subscribe from now on. */
  void unregister(String channel);

  /**
   * Subscribes to a channel of a peer and waits for its answer, as long as the configuration says
   * ({@link NetConfig.Timers#membershipTimeout}, 5 s unless changed). A refusal leaves an older
   * subscription to the channel as it is.
   *
   * @param token a chain of permission tokens as it goes over the wire, or null; with one, the node
   *     first proves its identity to the publisher
   * @param queueGroup the group of which one member gets each publish; null for all publishes
   * @throws NetException {@link NetError#CHANNEL_AUTH} if the publisher refused for want of
   *     permission; {@link NetError#CHANNEL} if it refused for something else, did not answer, or
   *     the name is invalid; {@link NetError#MESH_NOT_CONNECTED} without a session
   */
  void subscribe(
      long publisher, String channel, byte @Nullable [] token, @Nullable String queueGroup);

  /** {@link #subscribe(long, String, byte[], String)} without token and group. */
  default void subscribe(long publisher, String channel) {
    subscribe(publisher, channel, null, null);
  }

  /** {@link #subscribe(long, String, byte[], String)} without blocking. */
  CompletableFuture<Void> subscribeAsync(
      long publisher, String channel, byte @Nullable [] token, @Nullable String queueGroup);

  /** Ends a subscription and waits for the publisher's answer as long; idempotent. */
  void unsubscribe(long publisher, String channel);

  /** {@link #unsubscribe} without blocking. */
  CompletableFuture<Void> unsubscribeAsync(long publisher, String channel);

  /**
   * Sends events to all subscribers of a channel: to each in one packet.
   *
   * @param events together at most 8108 bytes, with 4 bytes added for each; copied
   * @return for whom it was meant and who was not sent it, {@link SendVerdict#FULL} if a subscriber
   *     had no room even after the wait
   * @throws NetException {@link NetError#CHANNEL} if the name is invalid or the channel's
   *     configuration does not let this node publish; {@link NetError#MESH_TRANSPORT} if the events
   *     are too large
   */
  PublishReport publish(String channel, List<byte[]> events, PublishOptions options);

  /** {@link #publish(String, List, PublishOptions)} of one event, as the channel says. */
  default PublishReport publish(String channel, byte[] event) {
    return publish(channel, List.of(event), PublishOptions.defaults());
  }

  /**
   * {@link #publish(String, List, PublishOptions)} without blocking: the future waits instead.
   * Those of one node keep their order; at most 4096 wait, beyond which the future fails with
   * {@link NetError#MESH_BACKPRESSURE}.
   */
  CompletableFuture<PublishReport> publishAsync(
      String channel, List<byte[]> events, PublishOptions options);

  /** The names that are registered, in their order; prefixes are not among them. */
  SortedSet<String> registered();

  /** The channels that this node subscribes to, by the node id of the publisher. */
  Map<Long, SortedSet<String>> subscriptions();

  /** The node ids of those who subscribe to a channel of this node now. */
  Set<Long> subscribers(String channel);
}
