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
    byte[] hash =
        Blake2s.hash(
            senderId,
            topic.getBytes(StandardCharsets.UTF_8),
            payload,
            Long.toUnsignedString(sequence).getBytes(StandardCharsets.US_ASCII));
    return HexFormat.of().formatHex(hash);
  }

  /** The id of an exchange of network statistics. */
  public static String statDelta(byte[] payload) {
    return HexFormat.of().formatHex(Blake2s.hash(STAT_DELTA_LABEL, payload));
  }
}
