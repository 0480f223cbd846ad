// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.consume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.bus.EventBusError;
import io.lichen.core.bus.EventBusException;
import io.lichen.core.json.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
  @Test
  void shouldWriteAndReadTheRecordedCursor() {
    String recorded = "eyIwIjoiMTcwMjEyMzQ1Njc4OS0wIn0=";

    Cursor cursor = Cursor.decode(recorded);

    assertEquals(Map.of(0, "1702123456789-0"), cursor.positions());
    assertEquals(recorded, cursor.encode());
  }

  @Test
  void shouldWriteShardsAscendingWhateverTheOrderTheyCameIn() {
    Cursor cursor = Cursor.decode(base64("{\"10\":\"a\\\"\",\"9\":\"b\",\"65535\":\"c\"}"));

    assertEquals(base64("{\"9\":\"b\",\"10\":\"a\\\"\",\"65535\":\"c\"}"), cursor.encode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{\"0\":1}",
        "{\"0\":null}",
        "{\"00\":\"1\"}",
        "{\"07\":\"1\"}",
        "{\"+1\":\"1\"}",
        "{\"-0\":\"1\"}",
        "{\"\":\"1\"}",
        "{\"65536\":\"1\"}",
        "{\"4294967296\":\"1\"}",
        "{\"a\":\"1\"}",
        "{\"0\":\"1\"",
        "{\"\u0661\":\"1\"}"
      })
  void shouldRefuseWhatNoEncoderWrites(String json) {
    assertInvalid(base64(json));
  }

  @ParameterizedTest
  @ValueSource(strings = {"!!!", "e30", "e30==", "e31=", "e30=\n", "e3 0="})
  void shouldRefuseWhatIsNotBase64WithItsPadding(String text) {
    assertInvalid(text);
  }

  @Test
  void shouldNeverThrowAnythingElse() {
    byte[] good = "eyIwIjoiMTcwMjEyMzQ1Njc4OS0wIn0=".getBytes(StandardCharsets.UTF_8);
    Fuzz.run(
        List.of(good),
        input -> {
          String text = new String(input, StandardCharsets.ISO_8859_1);
          try {
            assertEquals(
                Cursor.decode(text).positions(),
                Cursor.decode(Cursor.decode(text).encode()).positions());
          } catch (EventBusException e) {
            assertEquals(EventBusError.POLL_FAILED, e.error());
          }
        });
  }

  @Test
  void shouldTellTheFormatsApart() {
    assertEquals(Positions.Format.PAIR, Positions.format("18446744073709551615-0"));
    assertEquals(Positions.Format.OPAQUE, Positions.format("18446744073709551616-0"));
    assertEquals(
        Positions.Format.NUMBER, Positions.format("340282366920938463463374607431768211455"));
    assertEquals(
        Positions.Format.OPAQUE, Positions.format("340282366920938463463374607431768211456"));
    assertEquals(Positions.Format.OPAQUE, Positions.format(""));
    assertEquals(Positions.Format.OPAQUE, Positions.format("1-"));
  }

  @Test
  void shouldNotMoveToAPositionOfAnotherFormat() {
    Cursor cursor = Cursor.start();

    assertTrue(cursor.move(0, "5"));
    assertFalse(cursor.move(0, "5-0"));
    assertEquals("5", cursor.position(0));
  }

  private static void assertInvalid(String text) {
    EventBusException e =
        assertThrows(EventBusException.class, () -> Cursor.decode(text), () -> text);
    assertEquals(EventBusError.POLL_FAILED, e.error());
    assertTrue(String.valueOf(e.getMessage()).startsWith("invalid cursor: "), e.getMessage());
  }

  private static String base64(String json) {
    return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
