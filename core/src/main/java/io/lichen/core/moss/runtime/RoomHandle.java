// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.MossRoom;
import io.lichen.core.moss.PublishReceipt;
import io.lichen.core.moss.PublishReport;
import io.lichen.core.moss.SubscribeOptions;
import io.lichen.core.moss.room.Channels;
import io.lichen.core.moss.runtime.channel.ChannelRoute;
import io.lichen.core.moss.runtime.channel.JoinedRoom;
import io.lichen.core.moss.runtime.publish.Publisher;
import io.lichen.core.topic.DurableTopic;
import io.lichen.core.topic.TopicOptions;
import io.lichen.redex.RedexFile;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What the application holds of a room: the way of each call to the part that answers it. */
record RoomHandle(JoinedRoom room, NodeParts parts) implements MossRoom {
  @Override
  public String id() {
    return room.id();
  }

  @Override
  public boolean isJoined() {
    return room.isJoined();
  }

  @Override
  public void subscribe(String channel) {
    parts.routes.subscribe(room, channel, null);
  }

  @Override
  public void subscribe(String channel, SubscribeOptions options) {
    parts.routes.subscribe(room, channel, options);
  }

  @Override
  public DurableTopic keep(String channel, RedexFile log, TopicOptions options) {
    Channels.validate(channel);
    parts.life.requireNotStopped();
    room.requireJoined();
    parts.publisher.countFrom(1_000 * System.currentTimeMillis());
    DurableTopic kept =
        parts.topics.keep(
            parts.routes.of(room, channel), log, options, parts.settings.maxMessageBytes());
    parts.routes.subscribe(room, channel, null);
    return kept;
  }

  @Override
  public void unsubscribe(String channel) {
    parts.routes.unsubscribe(room, channel);
  }

  @Override
  public PublishReceipt publish(String channel, byte[] data) {
    Publisher.Checked checked = parts.publisher.check(room, channel, data, null);
    parts.asyncPublisher.awaitIdle();
    return parts.publisher.publish(checked);
  }

  @Override
  public CompletableFuture<PublishReceipt> publishAsync(String channel, byte[] data) {
    return parts.asyncPublisher.publish(room, channel, data);
  }

  @Override
  public CompletableFuture<PublishReport> publishTracked(String channel, byte[] data) {
    return parts.asyncPublisher.publishTracked(room, channel, data);
  }

  @Override
  public int maxPublishBytes() {
    return parts.publisher.maxDataBytes(room);
  }

  @Override
  public List<String> channels() {
    return room.subscribed().stream().map(ChannelRoute::channel).toList();
  }

  @Override
  public void leave() {
    if (!parts.rooms.leave(room)) {
      room.requireJoined();
      throw new MossException(
          MossError.NOT_IN_ROOM, "room '" + id() + "' is the node's own: it cannot be left");
    }
  }

  @Override
  public void close() {
    parts.rooms.leave(room);
  }

  @Override
  public String toString() {
    return "room '" + id() + "'" + (isJoined() ? "" : " (left)");
  }
}
