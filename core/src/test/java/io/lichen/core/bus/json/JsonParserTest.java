// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lichen.core.json.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonParserTest {
  private static final String NUMBER = "-?[0-9][0-9.e-]*";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 | 0
          -0 | -0.0
          18446744073709551615 | 18446744073709551615
          18446744073709551616 | 1.8446744073709552e19
          -9223372036854775808 | -9223372036854775808
          -9223372036854775809 | -9.223372036854776e18
          1.0 | 1.0
          1e2 | 100.0
          1E+15 | 1000000000000000.0
          1e16 | 1e16
          1.5e16 | 1.5e16
          150000000000000000000.0 | 1.5e20
          0.00001 | 0.00001
          0.000001 | 1e-6
          1.25e-7 | 1.25e-7
          -2.5 | -2.5
          5e-324 | 5e-324
          2e23 | 2e23
          1.7976931348623157e308 | 1.7976931348623157e308
          0e999999999999 | 0.0
          1e-999999999999 | 0.0
          """)
  void shouldWriteNumbersAsTheNativeDoes(String text, String written) throws BusJsonException {
    assertEquals(written, JsonPrinter.print(JsonParser.parse(text)));
  }

  @Test
  void shouldReadFractionsWithOneDivisionAsTheNativeDoes() throws BusJsonException {
    JsonValue value = JsonParser.parse("122.416294033786585");

    assertEquals(new JsonValue.Real(122416294033786585L / 1e15), value);
    assertNotEquals(new JsonValue.Real(Double.parseDouble("122.416294033786585")), value);
  }

  @Test
  void shouldSortMembersByCodePointsAndTakeTheLastOfOneName() throws BusJsonException {
    JsonValue value =
        JsonParser.parse(" {\"\ud83d\ude00\":1, \"\uffee\" : [ ] ,\"b\":null,\"a\":2,\"b\":{}}");

    assertEquals("{\"a\":2,\"b\":{},\"\uffee\":[],\"\ud83d\ude00\":1}", JsonPrinter.print(value));
  }

  @Test
  void shouldDecodeEscapesAndWriteTheFewThatAreNeeded() throws BusJsonException {
    JsonValue value = JsonParser.parse("\"\\u0041\\/\\ud83d\\ude00\\n\\u0001\\\"\\u007f<\"");

    assertEquals(new JsonValue.Text("A/\ud83d\ude00\n\u0001\"\u007f<"), value);
    assertEquals("\"A/\ud83d\ude00\\n\\u0001\\\"\u007f<\"", JsonPrinter.print(value));
  }

  @Test
  void shouldFindWholeNumbersAndOthersDifferentAndZerosEqual() throws BusJsonException {
    assertNotEquals(JsonParser.parse("1"), JsonParser.parse("1.0"));
    assertEquals(JsonParser.parse("0.0"), JsonParser.parse("-0"));
    assertEquals(JsonParser.parse("0.0").hashCode(), JsonParser.parse("-0").hashCode());
    assertEquals(JsonParser.parse("{\"a\":1,\"b\":2}"), JsonParser.parse("{\"b\":2,\"a\":1}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "nul",
        "truex",
        "01",
        "-",
        "1.",
        ".5",
        "1e",
        "1e400",
        "+1",
        "\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\ud83d\"",
        "\"\\ude00\\ud83d\"",
        "\"\n\"",
        "[1,]",
        "[1 2]",
        "[",
        "{\"a\"}",
        "{\"a\":1,}",
        "{a:1}",
        "{1:1}",
        "1 2",
        "\ufeff1",
        "'a'",
        "NaN"
      })
  void shouldRefuseWhatIsNotJson(String text) {
    assertThrows(BusJsonException.class, () -> JsonParser.parse(text));
  }

  @Test
  void shouldRefuseContainersNestedTooDeep() throws BusJsonException {
    assertNotNull(JsonParser.parse("[".repeat(127) + "]".repeat(127)));
    assertThrows(BusJsonException.class, () -> JsonParser.parse("[".repeat(128) + "]".repeat(128)));
  }

  @Test
  void shouldRefuseOctetsThatAreNotUtf8() {
    for (byte[] bad :
        List.of(
            new byte[] {'"', (byte) 0xff, '"'},
            new byte[] {'"', (byte) 0xc0, (byte) 0x80, '"'},
            new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'})) {
      assertThrows(BusJsonException.class, () -> JsonParser.parse(bad));
    }
  }

  @Test
  void shouldReadWhatItWroteExceptForFractionsThatTheNativeReadsOtherwise() {
    List<byte[]> texts =
        List.of(
            "{\"a\":[1,-2,3.5e-7,true,null],\"\\u00e4\\n\":{\"x\":\"\ud83d\ude00\"}}"
                .getBytes(StandardCharsets.UTF_8),
            " [ 18446744073709551615 , 1e308, \"\\ud83d\\ude00\" ] "
                .getBytes(StandardCharsets.UTF_8));
    Fuzz.run(
        texts,
        input -> {
          JsonValue value;
          try {
            value = JsonParser.parse(input);
          } catch (BusJsonException e) {
            return;
          }
          assertNotNull(JsonSpan.of(input), "what can be read can also be skipped");
          String written = JsonPrinter.print(value);
          assertEquals(
              written.replaceAll(NUMBER, "0"),
              JsonPrinter.print(JsonParser.parse(written)).replaceAll(NUMBER, "0"));
        });
  }
}
