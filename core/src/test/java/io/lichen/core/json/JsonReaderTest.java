// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
  private static final byte[] NONE = new byte[0];

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "false",
        "0",
        "-0",
        "10",
        "-1.5e+3",
        "1E9",
        "\"\"",
        "\"a\\u00e9\\n\"",
        "[]",
        "[ ]",
        "{}",
        "{ }",
        "[1,[2,{\"a\":[]}],{}]",
        " {\"a\" : 1 , \"b\":null}\r\n\t "
      })
  void shouldSkipAnyValue(String text) throws JsonException {
    JsonReader reader = reader(text);

    reader.skipValue();

    reader.end();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "nul",
        "True",
        "01",
        "-",
        "1.",
        ".5",
        "1e",
        "+1",
        "\"",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\u12",
        "\"\\",
        "\"a\nb\"",
        "[",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1}",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,}",
        "{a:1}",
        "{\"a\" 1}",
        "{\"a\":1]",
        "{1:1}",
        "/**/1",
        "'a'",
        "\ufeff1",
        "\u00a01"
      })
  void shouldRefuseWhatIsNotJson(String text) {
    JsonReader reader = reader(text);

    assertThrows(JsonException.class, reader::skipValue);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 1", "{}x", "null,", "[]]"})
  void shouldRefuseTextBehindTheValue(String text) throws JsonException {
    JsonReader reader = reader(text);
    reader.skipValue();

    assertThrows(JsonException.class, reader::end);
  }

  @Test
  void shouldReadNestingUpToTheLimitOnly() throws JsonException {
    reader("[".repeat(JsonReader.MAX_DEPTH) + "]".repeat(JsonReader.MAX_DEPTH)).skipValue();
    JsonReader tooDeep = reader("{\"a\":".repeat(JsonReader.MAX_DEPTH + 1));

    JsonException refused = assertThrows(JsonException.class, tooDeep::skipValue);

    assertTrue(String.valueOf(refused.getMessage()).contains("nested"));
  }

  @Test
  void shouldReplaceEachOctetThatIsNotUtf8() throws JsonException {
    // A truncated sequence of three, an overlong slash, an encoded surrogate, one beyond Unicode.
    assertEquals("a\ufffd\ufffdb", octets('"', 'a', 0xe2, 0x82, 'b', '"').readString());
    assertEquals("\ufffd\ufffd", octets('"', 0xc0, 0xaf, '"').readString());
    assertEquals("\ufffd\ufffd\ufffd", octets('"', 0xed, 0xa0, 0x80, '"').readString());
    assertEquals("\ufffd".repeat(4), octets('"', 0xf4, 0x90, 0x80, 0x80, '"').readString());
    assertEquals("\ufffd", octets('"', 0xe2, '"').readString());
  }

  @ParameterizedTest
  @CsvSource({
    "\\ud83d\\udef0, \ud83d\udef0",
    "\\ud800x, \ufffdx",
    "\\ud800\\u0041, \ufffdA",
    "\\udc00\\ud800, \ufffd\ufffd",
    "\\ud800\\ud83d\\udef0, \ufffd\ud83d\udef0",
    "\\/\\b\\fx, /\b\fx",
    "\u20ac\ud83d\udef0\u00e9, \u20ac\ud83d\udef0\u00e9"
  })
  void shouldDecodeEscapes(String body, String text) throws JsonException {
    assertEquals(text, reader('"' + body + '"').readString());
  }

  @Test
  void shouldFindSpecialCharactersAtEveryPosition() throws JsonException {
    for (int length = 0; length < 40; length++) {
      String plain = "x".repeat(length);
      assertEquals(plain, reader('"' + plain + "\"  ").readString());
      assertEquals(plain + "\u00e9", reader('"' + plain + "\u00e9\"").readString());
      assertEquals(plain + "\\", reader('"' + plain + "\\\\\"").readString());
      JsonReader control = reader('"' + plain + "\u001f\"");
      assertThrows(JsonException.class, control::readString);
    }
  }

  @Test
  void shouldReadIntegersUpToTheirBounds() throws JsonException {
    assertEquals(Long.MIN_VALUE, reader("-9223372036854775808").readLong());
    assertEquals(-1L, reader("18446744073709551615").readUnsignedLong());
    assertEquals(0, reader("-0").readLong());
    assertThrows(JsonException.class, () -> reader("9223372036854775808").readLong());
    assertThrows(JsonException.class, () -> reader("18446744073709551616").readUnsignedLong());
    assertThrows(JsonException.class, () -> reader("-0").readUnsignedLong());
    assertThrows(JsonException.class, () -> reader("1e3").readLong());
    assertThrows(JsonException.class, () -> reader("1.0").readLong());
  }

  @Test
  void shouldReadFiniteNumbers() throws JsonException {
    assertEquals(-1.5, reader("-1.5").readDouble());
    assertThrows(JsonException.class, () -> reader("1e999").readDouble());
    assertThrows(JsonException.class, () -> reader("\"1\"").readDouble());
  }

  @ParameterizedTest
  @CsvSource({
    "'\"\"', ''",
    "'\"AQ==\"', 01",
    "'\"AR==\"', 01",
    "'\"AQ\\r\\nID\"', 010203",
    "'\"AQ=\\n=\"', 01",
    "'\"A\\u0051==\"', 01",
    "'[]', ''",
    "'[1, 2,255]', 0102ff",
    "'[null]', 00"
  })
  void shouldReadOctets(String text, String hex) throws JsonException {
    byte[] expected = java.util.HexFormat.of().parseHex(hex == null ? "" : hex);

    assertArrayEquals(expected, reader(text).readOctets(NONE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"AAI\"",
        "\"AA=A\"",
        "\"A===\"",
        "\"====\"",
        "\"AQ==AQ==\"",
        "\"AQ ID\"",
        "\"-_-_\"",
        "\"AA\u00e9A\"",
        "\"AAAA=\"",
        "[256]",
        "[-1]",
        "[1.0]",
        "[\"1\"]",
        "[[1]]",
        "1",
        "true",
        "{}"
      })
  void shouldRefuseWhatIsNotOctets(String text) {
    JsonReader reader = reader(text);

    assertThrows(JsonException.class, () -> reader.readOctets(NONE));
  }

  @Test
  void shouldMatchNamesWithoutRegardToCase() throws JsonException {
    NameTable names = new NameTable(List.of("sick", "other", "D", "D_lo"));
    JsonReader reader =
        reader(
            "{\"sick\":0,\"SICK\":0,\"\u017fic\u212a\":0,\"\\u0064\":2,\"d_LO\":3,\"sic\":-1,\"\":-1}");
    reader.beginObject();

    while (reader.nextMember()) {
      String name = reader.nameText();
      int index = reader.nameIndex(names);
      assertEquals(reader.readLong(), index, name);
    }
  }

  @Test
  void shouldKeepEarlierElementsForNulls() throws JsonException {
    assertEquals(List.of("a", "x", ""), reader("[null,\"x\",null]").readStrings(List.of("a", "b")));
  }

  @Test
  void shouldSayWhatWasFoundOnOneShortLine() {
    JsonReader reader = reader("\"" + "long\u0007".repeat(100) + "\"");

    JsonException refused = assertThrows(JsonException.class, reader::readLong);

    String message = String.valueOf(refused.getMessage());
    assertTrue(message.startsWith("expected an integer, found \"long?long"), message);
    assertTrue(message.length() < 100, message);
    assertEquals(0, refused.offset());
  }

  @Test
  void shouldReadOnlyItsRange() throws JsonException {
    byte[] text = "xx{\"a\":1}yy".getBytes(StandardCharsets.UTF_8);
    JsonReader reader = new JsonReader(text, 2, text.length - 4);
    reader.beginObject();
    assertTrue(reader.nextMember());
    assertEquals(1, reader.readLong());
    assertFalse(reader.nextMember());
    reader.end();
  }

  @Test
  void shouldTakeLinearTimeForManyMembersAndDeepNesting() {
    String members = "{" + "\"k\":{\"x\":[\"\u00e9\\n\"]},".repeat(200_000) + "\"z\":0}";
    String deep = ("[" + "[".repeat(9_000) + "]".repeat(9_000) + "],").repeat(100);
    long startNs = System.nanoTime();
    try {
      reader(members).skipValue();
      reader("[" + deep + "0]").skipValue();
    } catch (JsonException e) {
      fail(e);
    }
    assertTrue(System.nanoTime() - startNs < 20_000_000_000L);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 190, 192, 193, 255, 256, 8191, 8192, 8193, 60_000})
  void shouldReadBackWhatTheWriterWrote(int length) throws JsonException {
    byte[] octets = new byte[length];
    new Random(length).nextBytes(octets);
    byte[] start = "{\"id\":\"x\",\"payload\":".getBytes(UTF_8);
    byte[] text = new JsonWriter(64).raw(start).octets(octets).raw('}').toByteArray();
    JsonReader reader = new JsonReader(text, 0, text.length);

    reader.beginObject();
    assertTrue(reader.nextMember());
    assertEquals("x", reader.readString());
    assertTrue(reader.nextMember());

    assertArrayEquals(octets, reader.readOctets(NONE));
    assertFalse(reader.nextMember());
    reader.end();
  }

  @Test
  void shouldReadLongOctetsThatOthersFollow() throws JsonException {
    String first = "QUJD".repeat(200);
    String second = "REVG".repeat(200);
    JsonReader reader =
        reader("{\"a\":\"" + first + "\",\"b\":\"" + second + "\",\"c\":\"" + first + "\"}");

    reader.beginObject();
    for (String expected : List.of("ABC", "DEF", "ABC")) {
      assertTrue(reader.nextMember());
      assertEquals(expected.repeat(200), new String(reader.readOctets(NONE), UTF_8));
    }
    assertFalse(reader.nextMember());
    reader.end();
  }

  @Test
  void shouldRefuseLongTextThatIsNotBase64AtTheEnd() throws JsonException {
    JsonReader reader = reader("{\"a\":\"" + "QUJD".repeat(200) + "!\"}");
    reader.beginObject();
    assertTrue(reader.nextMember());

    assertThrows(JsonException.class, () -> reader.readOctets(NONE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u00e9", "\u00e9", "\ufffd", "\\ufffd", "\\ud83d\\ude00", "\\\\ud800"})
  void shouldReadUnicodeHoweverItIsWritten(String body) throws JsonException {
    assertEquals(
        reader('"' + body + '"').readString(), reader('"' + body + '"').readUnicode(), body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud800", "\\ude00", "a\\ud83d\\u0041", "\ufffd\\ud800"})
  void shouldRefuseHalvesOfSurrogatePairsWhereUnicodeIsAskedFor(String body) throws JsonException {
    assertTrue(reader('"' + body + '"').readString().contains("\ufffd"));

    assertThrows(JsonException.class, () -> reader('"' + body + '"').readUnicode());
  }

  @Test
  void shouldRefuseWrongUtf8WhereUnicodeIsAskedFor() {
    byte[] text = {'"', 'a', (byte) 0xc0, (byte) 0x80, '"'};

    assertThrows(JsonException.class, () -> new JsonReader(text, 0, text.length).readUnicode());
  }

  @Test
  void shouldEscapeOnlyWhatMustBeInMinimalStrings() {
    String text = "\"\\\b\f\n\r\t\u0000\u001f\u007f/<>&\u2028\u00e9\ud83d\ude00";

    byte[] written = new JsonWriter(1).minimalString(text).toByteArray();

    assertEquals(
        "\"\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f\u007f/<>&\u2028\u00e9\ud83d\ude00\"",
        new String(written, UTF_8));
  }

  private static JsonReader reader(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new JsonReader(bytes, 0, bytes.length);
  }

  private static JsonReader octets(int... text) {
    byte[] bytes = new byte[text.length];
    for (int i = 0; i < text.length; i++) {
      bytes[i] = (byte) text[i];
    }
    return new JsonReader(bytes, 0, bytes.length);
  }
}
