// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import java.util.Objects;

/**
 * One message on its way through the mesh. Immutable; the arrays are not copied and must not be
 * changed by anyone.
 *
 * <p>The engine never looks into {@link #encoded()}: it is what is put on the wire, the same octets
 * to every peer, so that a forwarded message is not encoded again.
 */
public final class PublishedMessage {
  private static final byte[] NO_PAYLOAD = {};

  private final String topic;
  private final String messageId;
  private final long sequence;
  private final byte[] senderId;
  private final byte[] payload;
  private final byte[] encoded;

  /**
   * Makes a message.
   *
   * @param topic the wire topic
   * @param messageId any non-empty string; 64 hex characters in practice
   * @param sequence the sender's counter, unsigned
   * @param senderId the 32-byte public key that the sender claims, or empty
   * @param payload as on the wire: sealed where the room seals
   * @param encoded the envelope that carries it
   */
  public PublishedMessage(
      String topic,
      String messageId,
      long sequence,
      byte[] senderId,
      byte[] payload,
      byte[] encoded) {
    this.topic = Objects.requireNonNull(topic);
    this.messageId = Objects.requireNonNull(messageId);
    this.sequence = sequence;
    this.senderId = Objects.requireNonNull(senderId);
    this.payload = Objects.requireNonNull(payload);
    this.encoded = Objects.requireNonNull(encoded);
  }

  /**
   * The same message without its payload, for whoever keeps it only to send it again: the envelope
   * holds the payload too.
   */
  PublishedMessage withoutPayload() {
    return new PublishedMessage(topic, messageId, sequence, senderId, NO_PAYLOAD, encoded);
  }

  /** The wire topic. */
  public String topic() {
    return topic;
  }

  /** The id by which copies are recognised. */
  public String messageId() {
    return messageId;
  }

  /** The sender's counter, unsigned. */
  public long sequence() {
    return sequence;
  }

  /** The public key that the sender claims; do not change. */
  public byte[] senderId() {
    return senderId;
  }

  /** The payload as on the wire; do not change. */
  public byte[] payload() {
    return payload;
  }

  /** The whole envelope as on the wire; do not change. */
  public byte[] encoded() {
    return encoded;
  }

  @Override
  public String toString() {
    return "PublishedMessage[" + topic + " " + messageId + ", " + payload.length + " bytes]";
  }
}
