// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.lichen.core.json.Fuzz;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSpanTest {
  @Test
  void shouldLeaveOutTheSpaceAroundTheValueOnly() {
    assertEquals(new JsonSpan(2, 13), JsonSpan.of(utf8("\n {\"a\" : 1.0}\t ")));
    assertEquals(new JsonSpan(0, 1), JsonSpan.of(utf8("7")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "[[],{}]",
        "{\"a\":{\"b\":[1,{}]},\"c\":\"\"}",
        "1e999",
        "\"\\ud83d\"",
        "null"
      })
  void shouldTakeEveryForm(String text) {
    assertEquals(new JsonSpan(0, text.length()), JsonSpan.of(utf8(text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[", "]", "{]", "[}", "[1,]", "{\"a\":}", "{,}", "1 1", "tru", "\""})
  void shouldTellWhatIsNotJson(String text) {
    assertNull(JsonSpan.of(utf8(text)));
  }

  @Test
  void shouldNotMindHowDeepValuesAreNested() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);

    assertEquals(new JsonSpan(0, deep.length()), JsonSpan.of(utf8(deep)));
  }

  @Test
  void shouldTellUtf8AsTheJdkDoes() {
    Fuzz.run(
        List.of(utf8("plain ascii text, eight at a time"), utf8("\u00e4\u20ac\ud83d\ude00\u07ff")),
        input -> assertEquals(jdkAccepts(input), Utf8.isValid(input)));
  }

  private static boolean jdkAccepts(byte[] input) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(input));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
