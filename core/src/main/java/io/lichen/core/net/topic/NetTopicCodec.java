// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lichen.core.topic.engine.TopicCodec;
import io.lichen.core.topic.engine.TopicKey;
import io.lichen.core.topic.engine.TopicRecord;
import io.lichen.crypto.Blake2s;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Events of one channel as records, and as a publisher gives them to those who follow it. A node
 * gives its own events only: a session proves who is at its other end, and nothing else proves who
 * published an event.
 */
final class NetTopicCodec implements TopicCodec {
  private static final byte[] LABEL = "lichen-net-topic-v1".getBytes(UTF_8);
  private static final byte[] NO_STAMP = {};

  private final String channel;
  private final byte[] ownName;

  NetTopicCodec(String channel, long ownNodeId) {
    this.channel = channel;
    this.ownName = name(ownNodeId);
  }

  private static byte[] name(long nodeId) {
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(nodeId).array();
  }

  /** The record of an own event. */
  TopicRecord own(long number, byte[] event, long heardMs) {
    return named(ownName, number, event, heardMs);
  }

  private TopicRecord named(byte[] sender, long number, byte[] event, long heardMs) {
    byte[] head =
        ByteBuffer.allocate(2 * Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(sender)
            .putLong(number)
            .array();
    byte[] name = channel.getBytes(UTF_8);
    byte[] length = {(byte) name.length};
    TopicKey key = TopicKey.of(Blake2s.hash(LABEL, head, length, name, event));
    return new TopicRecord(TopicRecord.NET, heardMs, number, key, sender, NO_STAMP, event);
  }

  /** The record of an event whose publisher keeps nothing; it has no name. */
  static TopicRecord delivered(long peer, long sequence, byte[] event, long heardMs) {
    return new TopicRecord(
        TopicRecord.NET, heardMs, sequence, TopicKey.NONE, name(peer), NO_STAMP, event);
  }

  @Override
  public byte @Nullable [] export(TopicRecord record) {
    boolean isOwn = record.wire() == TopicRecord.NET && Arrays.equals(record.sender(), ownName);
    if (!isOwn || record.key().equals(TopicKey.NONE)) {
      return null;
    }
    return ByteBuffer.allocate(Long.BYTES + record.payload().length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(record.sequence())
        .put(record.payload())
        .array();
  }

  @Override
  public @Nullable TopicRecord accept(String peer, byte[] exported, long heardMs) {
    if (exported.length < Long.BYTES) {
      return null;
    }
    ByteBuffer from = ByteBuffer.wrap(exported).order(ByteOrder.LITTLE_ENDIAN);
    long number = from.getLong();
    byte[] event = new byte[from.remaining()];
    from.get(event);
    return named(name(HexFormat.fromHexDigitsToLong(peer)), number, event, heardMs);
  }
}
