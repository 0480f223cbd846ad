// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class MessageIdsTest {
  private static final byte[] SENDER =
      HexFormat.of().parseHex("f64575031fc4cace2984b864d784b7f0ed675c5b56f2a7e35353a6dfd1ddbbb3");

  /** Recorded from the native. */
  @Test
  void shouldHashSenderTopicPayloadAndSequence() {
    byte[] payload = HexFormat.of().parseHex("ae1b42f0a3f8fd6529f1101fef9789f6d874d9a98b072e25");

    assertEquals(
        "54fe8ace5a3fb39e02dadd71d6f6270dfd40779ec23c1d7e5135fbf7def60e17",
        MessageIds.publish(SENDER, "mmYHy--v2qkjqZkJPJakhg", payload, 42));
  }

  /** Recorded from the native. */
  @Test
  void shouldWriteTheSequenceWithoutSign() {
    assertEquals(
        "5ed951911d42d5418d6a635410763bf189deaaeca6e224864d20896fb51f03b2",
        MessageIds.publish(
            SENDER, "\u043a\u043e\u043c\u043d\u0430\u0442\u0430/\u03b2-\u2713", new byte[0], -1));
  }
}
