// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.wire;

import io.lichen.crypto.Blake2s;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The names of messages (docs/wire/moss-envelope.md, "Message ids"). Stateless. */
public final class MessageIds {
  private static final byte[] STAT_DELTA_LABEL =
      "moss-stat-delta|".getBytes(StandardCharsets.US_ASCII);

  private MessageIds() {}

  /**
   * The id of a publish: 64 lower-case hex characters.
   *
   * @param senderId the publisher's 32-octet public key
   * @param topic the wire topic
   * @param payload as on the wire, sealed where the room seals
   * @param sequence the publisher's counter, unsigned
   */
  public static String publish(byte[] senderId, String topic, byte[] payload, long sequence) {
    return HexFormat.of().formatHex(publishOctets(senderId, topic, payload, sequence));
  }

  /** The 32 octets that {@link #publish(byte[], String, byte[], long)} writes in hex. */
  public static byte[] publishOctets(byte[] senderId, String topic, byte[] payload, long sequence) {
    byte[] digest = new byte[Blake2s.DIGEST_BYTES];
    publish(new Blake2s(), senderId, topic, payload, sequence, digest);
    return digest;
  }

  /** The octets of that id, written to the start of {@code digest}. */
  static void publish(
      Blake2s blake, byte[] senderId, String topic, byte[] payload, long sequence, byte[] digest) {
    blake.update(senderId, 0, senderId.length);
    byte[] text = topic.getBytes(StandardCharsets.UTF_8);
    blake.update(text, 0, text.length);
    blake.update(payload, 0, payload.length);
    byte[] number = Long.toUnsignedString(sequence).getBytes(StandardCharsets.US_ASCII);
    blake.update(number, 0, number.length);
    blake.digest(digest, 0);
  }

  /** The id of an exchange of network statistics. */
  public static String statDelta(byte[] payload) {
    return HexFormat.of().formatHex(Blake2s.hash(STAT_DELTA_LABEL, payload));
  }
}
