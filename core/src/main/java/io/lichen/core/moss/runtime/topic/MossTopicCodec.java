// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.topic;

import io.lichen.core.moss.room.Room;
import io.lichen.core.moss.wire.MessageIds;
import io.lichen.core.topic.engine.TopicCodec;
import io.lichen.core.topic.engine.TopicKey;
import io.lichen.core.topic.engine.TopicRecord;
import io.lichen.crypto.PeerId;
import io.lichen.gossipsub.PublishedMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Between messages of one channel, records of its log and what logs give to each other. The log has
 * the payload opened, and the nonce with which it was sealed, so that peers get it sealed as it was
 * (docs/wire/lichen-extensions.md, "On the Moss wire").
 */
final class MossTopicCodec implements TopicCodec {
  private static final int NONCE_BYTES = 12;
  private static final int HEADER_BYTES = Long.BYTES + 1;
  private static final byte[] NONE = {};

  private final String topic;
  private final Room room;
  private final int maxPayloadBytes;

  /**
   * Makes one.
   *
   * @param topic the wire topic
   * @param maxPayloadBytes the largest payload on the wire
   */
  MossTopicCodec(String topic, Room room, int maxPayloadBytes) {
    this.topic = topic;
    this.room = room;
    this.maxPayloadBytes = maxPayloadBytes;
  }

  /**
   * The record of a message.
   *
   * @param data its payload, opened
   * @return {@code null} if its sender has a name that is none
   */
  @Nullable TopicRecord record(PublishedMessage message, byte[] data, long heardMs) {
    return record(message.senderId(), message.sequence(), message.payload(), data, heardMs);
  }

  private @Nullable TopicRecord record(
      byte[] sender, long sequence, byte[] payload, byte[] data, long heardMs) {
    if (sender.length != 0 && sender.length != PeerId.BYTES) {
      return null;
    }
    TopicKey key = TopicKey.of(MessageIds.publishOctets(sender, topic, payload, sequence));
    byte[] nonce = room.isSealed() ? Arrays.copyOf(payload, NONCE_BYTES) : NONE;
    return new TopicRecord(TopicRecord.MOSS, heardMs, sequence, key, sender, nonce, data);
  }

  @Override
  public byte @Nullable [] export(TopicRecord record) {
    boolean isSealed = record.stamp().length == NONCE_BYTES;
    if (record.wire() != TopicRecord.MOSS || isSealed != room.isSealed()) {
      return null;
    }
    byte[] payload = isSealed ? room.seal(record.payload(), record.stamp()) : record.payload();
    byte[] sender = record.sender();
    return ByteBuffer.allocate(HEADER_BYTES + sender.length + payload.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(record.sequence())
        .put((byte) sender.length)
        .put(sender)
        .put(payload)
        .array();
  }

  @Override
  public @Nullable TopicRecord accept(String peer, byte[] exported, long heardMs) {
    if (exported.length < HEADER_BYTES) {
      return null;
    }
    ByteBuffer from = ByteBuffer.wrap(exported).order(ByteOrder.LITTLE_ENDIAN);
    long sequence = from.getLong();
    byte[] sender = new byte[from.get() & 0xff];
    if (sender.length > from.remaining()) {
      return null;
    }
    from.get(sender);
    byte[] payload = new byte[from.remaining()];
    from.get(payload);
    byte[] data = payload.length > maxPayloadBytes ? null : room.open(payload).orElse(null);
    return data == null ? null : record(sender, sequence, payload, data, heardMs);
  }
}
