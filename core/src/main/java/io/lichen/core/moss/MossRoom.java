// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss;

import io.lichen.core.topic.DurableTopic;
import io.lichen.core.topic.TopicOptions;
import io.lichen.redex.RedexFile;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A room that a node is in: channel names and payloads in it are its members' own, whoever else is
 * in the network (docs/wire/moss-mesh.md, "Rooms"). Thread-safe; usable before the node's start,
 * except for publishing.
 *
 * <p>A room that was left stays left: its methods then throw {@link MossError#NOT_IN_ROOM}, and
 * joining it again gives another object. Messages arrive at {@link MossNode#onMessage} with the
 * room's id.
 */
public interface MossRoom extends AutoCloseable {
  /** The room's name, which is the node's mesh id for its own room. */
  String id();

  /** Whether the node is still in it. */
  boolean isJoined();

  /**
   * Takes part in a channel of this room; idempotent. {@link MossError#INVALID_CHANNEL} is thrown
   * before {@link MossError#INVALID_HANDLE}, on a node that was stopped, and that before {@link
   * MossError#NOT_IN_ROOM}.
   */
  void subscribe(String channel);

  /** {@link #subscribe(String)}, as {@link MossNode#subscribe(String, SubscribeOptions)}. */
  void subscribe(String channel, SubscribeOptions options);

  /** Subscribes to a channel of this room and keeps it, as {@link MossNode#keep} does. */
  DurableTopic keep(String channel, RedexFile log, TopicOptions options);

  /** Leaves a channel of this room; idempotent, also for one that was never subscribed. */
  void unsubscribe(String channel);

  /**
   * Publishes to a channel of this room, as {@link MossNode#publish} does to the node's own.
   *
   * @param data 0 bytes up to {@link #maxPublishBytes}; copied
   */
  PublishReceipt publish(String channel, byte[] data);

  /** {@link #publish} without blocking: the future waits instead. */
  CompletableFuture<PublishReceipt> publishAsync(String channel, byte[] data);

  /** {@link #publishAsync} that tells what became of it, as {@link MossNode#publishTracked}. */
  CompletableFuture<PublishReport> publishTracked(String channel, byte[] data);

  /** The largest payload that a receiver with the same limit takes, in bytes. */
  int maxPublishBytes();

  /** The subscribed channels of this room, in no order; none once it was left. */
  List<String> channels();

  /**
   * Leaves the room: its subscriptions end, nothing of it is delivered any more. {@link
   * MossError#NOT_IN_ROOM} for the node's own room, which cannot be left, and for one already left.
   */
  void leave();

  /** Like {@link #leave}, and silent where there is nothing to leave. */
  @Override
  void close();
}
