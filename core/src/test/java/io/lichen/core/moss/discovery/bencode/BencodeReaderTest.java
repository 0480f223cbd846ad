// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.bencode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lichen.core.json.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BencodeReaderTest {
  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Bencode read(String text) throws BencodeException {
    return BencodeReader.readFirst(octets(text));
  }

  @Test
  void shouldReadEveryKindOfValue() throws Exception {
    Bencode.Dictionary all =
        assertInstanceOf(
            Bencode.Dictionary.class,
            read("d1:ai-5e1:b0:1:cli1e2:xxe1:dd1:ei9ee2:\u00ff\u0000i3ee"));
    assertEquals(-5, all.number("a", 0));
    assertEquals("", all.text("b"));
    Bencode.Items items = assertInstanceOf(Bencode.Items.class, all.members().get("c"));
    assertEquals(new Bencode.Whole(1), items.values().get(0));
    assertArrayEquals(
        octets("xx"), assertInstanceOf(Bencode.Octets.class, items.values().get(1)).value());
    assertInstanceOf(Bencode.Dictionary.class, all.members().get("d"));
    assertEquals(3, all.number("\u00ff\u0000", 0));
  }

  @Test
  void shouldAnswerForWhatIsMissingOrOfAnotherKind() throws Exception {
    Bencode.Dictionary some = (Bencode.Dictionary) read("d1:ai5e1:b1:xe");
    assertEquals(7, some.number("b", 7));
    assertEquals(7, some.number("z", 7));
    assertNull(some.octets("a"));
    assertEquals("", some.text("a"));
  }

  @Test
  void shouldIgnoreWhatStandsBehindTheValue() throws Exception {
    assertEquals(new Bencode.Whole(1), read("i1e\r\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "i",
        "ie",
        "i1",
        "i-e",
        "i-0e",
        "i01e",
        "i1.5e",
        "i+1e",
        "i9223372036854775808e",
        "1:",
        "01:a",
        "-1:a",
        "1a:a",
        "99999999999:a",
        "9223372036854775807:a",
        "l",
        "li1e",
        "d",
        "d1:a",
        "d1:ai1e",
        "di1ei1ee",
        "d1:ai1e1:ai2ee",
        "x",
        "e",
        ":"
      })
  void shouldRefuseWhatIsNotBencoded(String text) {
    assertThrows(BencodeException.class, () -> read(text));
  }

  @Test
  void shouldRefuseMoreLevelsAndMoreValuesThanAllowed() throws Exception {
    int deep = BencodeReader.MAX_DEPTH;
    read("l".repeat(deep) + "e".repeat(deep));
    assertThrows(BencodeException.class, () -> read("l".repeat(deep + 1) + "e".repeat(deep + 1)));
    int many = BencodeReader.MAX_VALUES - 1;
    read("l" + "i1e".repeat(many) + "e");
    assertThrows(BencodeException.class, () -> read("l" + "i1e".repeat(many + 1) + "e"));
  }

  @Test
  void shouldEndWithAValueOrARefusalWhateverTheInput() {
    List<byte[]> texts =
        List.of(
            octets("d8:intervali1800e5:peers12:abcdefghijkl6:peers60:e"),
            octets("d5:peersld2:ip9:127.0.0.14:porti80eeee"),
            octets("lllleeee"));
    Fuzz.run(
        texts,
        input -> {
          try {
            BencodeReader.readFirst(input);
          } catch (BencodeException e) {
            assertNull(e.getCause());
          }
        });
  }
}
