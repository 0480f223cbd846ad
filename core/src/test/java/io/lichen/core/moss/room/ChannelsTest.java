// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelsTest {
  @Test
  void shouldAcceptOneTo256BytesOfUtf8() {
    for (String channel :
        List.of(
            "a",
            "\0",
            " \n",
            "x".repeat(256),
            "\u00e9".repeat(128),
            "\u20ac".repeat(85),
            "\ud83d\udef0".repeat(64))) {
      Channels.validate(channel);
    }
  }

  @Test
  void shouldRefuseTheRest() {
    for (String channel :
        List.of(
            "",
            "x".repeat(257),
            "\u00e9".repeat(129),
            "\u20ac".repeat(86),
            "a\ud83d",
            "\udef0a",
            "\ud83d\udef0".repeat(65),
            "x".repeat(1_000_000))) {
      MossException refused = assertThrows(MossException.class, () -> Channels.validate(channel));
      assertEquals(MossError.INVALID_CHANNEL, refused.error());
    }
  }
}
