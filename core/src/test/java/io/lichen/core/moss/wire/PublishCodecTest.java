// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import io.lichen.gossipsub.PublishedMessage;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PublishCodecTest {
  private static final String ID = "0123456789abcdef".repeat(4);

  @Test
  void shouldWriteTheSameAsTheGeneralCodec() {
    Random random = new Random(3);
    for (int length = 0; length < 200; length++) {
      byte[] payload = new byte[length];
      random.nextBytes(payload);
      byte[] sender = new byte[length % 3 == 0 ? 0 : 32];
      String topic = length % 5 == 0 ? "" : "t<\u00e9\u2028\n".repeat(length % 4) + "x";
      String id = length % 7 == 0 ? "" : ID;
      long sequence = length % 11 == 0 ? 0 : random.nextLong();
      byte[] expected =
          EnvelopeCodec.encode(
              Envelope.of(EnvelopeType.PUBLISH)
                  .channel(topic)
                  .messageId(id)
                  .sequence(sequence)
                  .senderId(sender)
                  .payload(payload)
                  .build());

      byte[] encoded = PublishCodec.encode(topic, id, sequence, sender, payload);

      assertArrayEquals(expected, encoded);
      assertEquals(
          encoded.length,
          PublishCodec.encodedSize(topic, id, sequence, sender.length, payload.length));
    }
  }

  @Test
  void shouldForwardTheReceivedOctetsAsTheyAre() throws EnvelopeException {
    String text =
        "xx{\"type\":\"publish\", \"payload\":\"AQ==\",\"channel\":\"t\",\"message_id\":\"i\",\"new\":1}";
    byte[] buffer = text.getBytes(StandardCharsets.UTF_8);

    PublishedMessage message = received(buffer, 2);

    assertEquals(text.substring(2), new String(message.encoded(), StandardCharsets.UTF_8));
    assertEquals("t", message.topic());
    assertEquals("i", message.messageId());
    assertArrayEquals(new byte[] {1}, message.payload());
    assertNotSame(buffer, message.encoded());
  }

  @Test
  void shouldNotForwardPadding() throws EnvelopeException {
    String text =
        "{\"type\":\"publish\",\"channel\":\"t\",\"message_id\":\"i\",\"pad\":\""
            + "x".repeat(3000)
            + "\"}";

    PublishedMessage message = received(text.getBytes(StandardCharsets.UTF_8), 0);

    assertEquals(
        "{\"type\":\"publish\",\"channel\":\"t\",\"message_id\":\"i\"}",
        new String(message.encoded(), StandardCharsets.UTF_8));
  }

  @Test
  void shouldKeepTheFirstEncodingOfAnOwnPublish() {
    PublishedMessage message = PublishCodec.message("t", ID, 5, new byte[32], new byte[] {9});

    assertArrayEquals(
        PublishCodec.encode("t", ID, 5, new byte[32], new byte[] {9}), message.encoded());
    assertEquals(5, message.sequence());
  }

  private static PublishedMessage received(byte[] buffer, int offset) throws EnvelopeException {
    int length = buffer.length - offset;
    return PublishCodec.received(
        EnvelopeCodec.decode(buffer, offset, length), buffer, offset, length);
  }
}
