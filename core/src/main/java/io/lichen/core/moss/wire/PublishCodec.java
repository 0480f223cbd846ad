// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.wire;

import io.lichen.core.json.JsonWriter;
import io.lichen.gossipsub.PublishedMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Publishes on their shortest way: written into one array of the right size, and received with the
 * received octets kept for forwarding. Stateless.
 */
public final class PublishCodec {
  private static final byte[] TYPE_AND_CHANNEL = ascii("{\"type\":\"publish\",\"channel\":");
  private static final byte[] TYPE_ONLY = ascii("{\"type\":\"publish\"");

  /** What a received text may have above twice its shortest form before it is written anew. */
  private static final int TOLERATED_EXTRA_BYTES = 1024;

  private PublishCodec() {}

  /**
   * The octets of a publish.
   *
   * @param topic the wire topic
   * @param messageId its id
   * @param sequence the publisher's counter, unsigned
   * @param senderId the publisher's public key
   * @param payload as on the wire
   */
  public static byte[] encode(
      String topic, String messageId, long sequence, byte[] senderId, byte[] payload) {
    JsonWriter json =
        new JsonWriter(encodedSize(topic, messageId, sequence, senderId.length, payload.length));
    if (topic.isEmpty()) {
      json.raw(TYPE_ONLY);
    } else {
      json.raw(TYPE_AND_CHANNEL).string(topic);
    }
    if (!messageId.isEmpty()) {
      json.raw(EnvelopeMember.MESSAGE_ID.key()).string(messageId);
    }
    if (sequence != 0) {
      json.raw(EnvelopeMember.SEQUENCE.key()).unsignedNumber(sequence);
    }
    if (senderId.length > 0) {
      json.raw(EnvelopeMember.SENDER_ID.key()).octets(senderId);
    }
    if (payload.length > 0) {
      json.raw(EnvelopeMember.PAYLOAD.key()).octets(payload);
    }
    return json.raw('}').toByteArray();
  }

  /** How many bytes {@link #encode} makes. */
  public static int encodedSize(
      String topic, String messageId, long sequence, int senderIdLength, int payloadLength) {
    int size = TYPE_ONLY.length + 1;
    if (!topic.isEmpty()) {
      size += TYPE_AND_CHANNEL.length - TYPE_ONLY.length + JsonWriter.stringSize(topic);
    }
    if (!messageId.isEmpty()) {
      size += EnvelopeMember.MESSAGE_ID.key().length + JsonWriter.stringSize(messageId);
    }
    if (sequence != 0) {
      size += EnvelopeMember.SEQUENCE.key().length + Long.toUnsignedString(sequence).length();
    }
    if (senderIdLength > 0) {
      size += EnvelopeMember.SENDER_ID.key().length + JsonWriter.octetsSize(senderIdLength);
    }
    if (payloadLength > 0) {
      size += EnvelopeMember.PAYLOAD.key().length + JsonWriter.octetsSize(payloadLength);
    }
    return size;
  }

  /** A new publish with its octets. */
  public static PublishedMessage message(
      String topic, String messageId, long sequence, byte[] senderId, byte[] payload) {
    byte[] encoded = encode(topic, messageId, sequence, senderId, payload);
    return new PublishedMessage(topic, messageId, sequence, senderId, payload, encoded);
  }

  /**
   * The publish that was received as {@code buffer[offset, offset + length)} and read as this
   * envelope. The received octets are copied and will be forwarded as they are, unless they are
   * much longer than they need to be: then nobody shall make us multiply the difference.
   */
  public static PublishedMessage received(
      Envelope envelope, byte[] buffer, int offset, int length) {
    byte[] encoded =
        length > 2L * shortestSize(envelope) + TOLERATED_EXTRA_BYTES
            ? encode(
                envelope.channel(),
                envelope.messageId(),
                envelope.sequence(),
                envelope.senderId(),
                envelope.payload())
            : Arrays.copyOfRange(buffer, offset, offset + length);
    return new PublishedMessage(
        envelope.channel(),
        envelope.messageId(),
        envelope.sequence(),
        envelope.senderId(),
        envelope.payload(),
        encoded);
  }

  private static int shortestSize(Envelope envelope) {
    return encodedSize(
        envelope.channel(),
        envelope.messageId(),
        envelope.sequence(),
        envelope.senderId().length,
        envelope.payload().length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
