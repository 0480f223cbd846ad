// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and their numbers, as the native printed them. */
class ChannelNameTest {
  @ParameterizedTest
  @CsvSource({
    "a, e6c632b61e964e1f, 16629315906867449375, 19999",
    "lab/metrics, cbe1f7b78be4f93e, 14691295827157383486, 63806",
    "sensors/temp.1, 0b8885e2f22468a3, 831342815998142627, 26787",
    "echo.replies.0000000000000001, b142d6690c203448, 12773288714816205896, 13384",
    "0, 1982e3a7bb241055, 1838563382436040789, 4181"
  })
  void shouldBeNumberedAsByTheNative(String text, String hash, String stream, int wireHash) {
    ChannelName name = ChannelName.of(text);
    assertEquals(hash, HexFormat.of().toHexDigits(name.hash()));
    assertEquals(stream, Long.toUnsignedString(name.publishStreamId()));
    assertEquals(wireHash, name.wireHash());
  }

  @ParameterizedTest
  @CsvSource({
    "lab/metrics, workers, 15326152997674334672",
    "a, b, 17368250510271686635",
    "jobs, G with space, 248782389806905605"
  })
  void shouldNumberGroupsAsTheNative(String channel, String group, String hash) {
    assertEquals(hash, Long.toUnsignedString(ChannelName.of(channel).groupHash(group)));
  }

  @Test
  void shouldNameTheLogAsTheNative() {
    assertEquals(
        "59d510377083a8d8e32ff9d7690c4890c30c478b9cd7f485cabde4311aac9a60",
        HexFormat.of().formatHex(ChannelName.of("lab/metrics").logId()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.", "_-.", "...", "a/b", "0", "x-y_z.0/deep/er"})
  void shouldTakeNames(String text) {
    assertTrue(ChannelName.isValid(text));
    assertEquals(text, ChannelName.of(text).text());
    assertEquals(ChannelName.of(text), ChannelName.of(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/a", "a/", "A", "a b", "a//b", "a/../b", "./a", ".", "..", "é", "a#b", "a:b"})
  void shouldRefuseWhatIsNoName(String text) {
    assertFalse(ChannelName.isValid(text));
    assertThrows(IllegalArgumentException.class, () -> ChannelName.of(text));
  }

  @Test
  void shouldHaveAtMost255Characters() {
    assertTrue(ChannelName.isValid("a".repeat(255)));
    assertFalse(ChannelName.isValid("a".repeat(256)));
  }
}
