// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.wire;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageIdCheckTest {
  private static final byte[] SENDER = new byte[32];
  private static final byte[] PAYLOAD = {1, 2, 3};

  private final MessageIdCheck check = new MessageIdCheck();

  private static EnvelopeBuilder genuine(String topic, byte[] payload, long sequence) {
    return Envelope.of(EnvelopeType.PUBLISH)
        .channel(topic)
        .messageId(MessageIds.publish(SENDER, topic, payload, sequence))
        .sequence(sequence)
        .senderId(SENDER)
        .payload(payload);
  }

  private void assertForged(EnvelopeBuilder publish) {
    assertTrue(check.isForged(publish.build()));
  }

  private void assertPasses(EnvelopeBuilder publish) {
    assertFalse(check.isForged(publish.build()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"t", "mmYHy--v2qkjqZkJPJakhg", "\u043a\u2713\ud83d\ude00"})
  void shouldPassTheIdsOfTheFormula(String topic) {
    assertPasses(genuine(topic, PAYLOAD, 1));
    assertPasses(genuine(topic, new byte[0], -1));
    assertPasses(genuine(topic, new byte[60_028], 10));
  }

  @Test
  void shouldSeeThroughEachMemberThatIsAnother() {
    assertForged(genuine("t", PAYLOAD, 1).channel("u"));
    assertForged(genuine("t", PAYLOAD, 1).sequence(2));
    assertForged(genuine("t", PAYLOAD, 1).payload(new byte[] {1, 2, 4}));
    assertForged(genuine("t", PAYLOAD, 1).payload(new byte[0]));
    assertForged(genuine("t", PAYLOAD, 1).senderId(new byte[31]));
    assertForged(genuine("t", PAYLOAD, 1).senderId(new byte[0]));
  }

  @Test
  void shouldSeeThroughEachCharacterOfTheIdThatIsAnother() {
    String id = genuine("t", PAYLOAD, 1).build().messageId();
    for (int i = 0; i < id.length(); i++) {
      char other = id.charAt(i) == 'a' ? 'b' : 'a';
      String wrong = id.substring(0, i) + other + id.substring(i + 1);
      assertForged(genuine("t", PAYLOAD, 1).messageId(wrong));
    }
  }

  @Test
  void shouldPassIdsOfOtherForms() {
    String id = "0123456789abcdef".repeat(4);
    assertForged(genuine("t", PAYLOAD, 1).messageId(id));
    for (String other :
        new String[] {
          "id", id.substring(1), id + "0", id.replace('f', 'F'), id.replace('f', 'g')
        }) {
      assertPasses(genuine("t", PAYLOAD, 1).messageId(other));
    }
  }

  @Test
  void shouldPassReceipts() {
    String id = genuine("t", PAYLOAD, 1).build().messageId();
    assertPasses(Envelope.of(EnvelopeType.PUBLISH).channel("t").messageId(id));
  }

  @Test
  void shouldPassWhatOnlyThePublisherOfATopicOutsideUtf8CouldName() {
    String ofOctetsThatTheWireCannotCarry = genuine("t", PAYLOAD, 1).build().messageId();
    assertPasses(genuine("caf\ufffd", PAYLOAD, 1).messageId(ofOctetsThatTheWireCannotCarry));
  }

  @Test
  void shouldDecideEachOfManyForItself() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 2000; i++) {
      byte[] payload = new byte[1 + random.nextInt(300)];
      random.nextBytes(payload);
      EnvelopeBuilder publish = genuine("t", payload, i);
      if (random.nextBoolean()) {
        assertPasses(publish);
      } else {
        byte[] wrong = Arrays.copyOf(payload, payload.length);
        wrong[random.nextInt(wrong.length)] ^= (byte) (1 << random.nextInt(8));
        assertForged(publish.payload(wrong));
      }
    }
  }
}
