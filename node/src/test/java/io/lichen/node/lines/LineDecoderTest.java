// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.lines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineDecoderTest {
  private static final int INPUTS =
      "full".equals(System.getProperty("lichen.suite")) ? 1_000_000 : 100_000;

  private final LineDecoder decoder = new LineDecoder();

  @Test
  void shouldDecodePublishWithItsBytesAndId() throws BadLineException {
    LineOp op =
        decode("{\"op\":\"publish\",\"channel\":\"c\\u00e9\",\"data\":\"AP+A\",\"id\":\"x\"}");
    LineOp.Publish publish = assertInstanceOf(LineOp.Publish.class, op);
    assertEquals("cé", publish.channel());
    assertArrayEquals(new byte[] {0, (byte) 0xff, (byte) 0x80}, publish.data());
    assertEquals("\"x\"", String.valueOf(publish.id()));
  }

  @Test
  void shouldDecodeEveryOperation() throws BadLineException {
    assertInstanceOf(LineOp.Subscribe.class, decode("{\"op\":\"subscribe\",\"channel\":\"c\"}"));
    assertInstanceOf(
        LineOp.Unsubscribe.class, decode("{\"op\":\"unsubscribe\",\"channel\":\"c\"}"));
    assertInstanceOf(LineOp.Connect.class, decode("{\"op\":\"connect\",\"address\":\"h:1\"}"));
    assertInstanceOf(
        LineOp.ConnectToPeer.class,
        decode("{\"op\":\"connect\",\"peer\":\"" + "0a".repeat(32) + "\"}"));
    assertInstanceOf(LineOp.Join.class, decode("{\"op\":\"join\",\"room\":\"r\"}"));
    assertInstanceOf(LineOp.Leave.class, decode("{\"op\":\"leave\",\"room\":\"r\"}"));
    assertInstanceOf(
        LineOp.Score.class, decode("{\"op\":\"score\",\"peer\":\"" + "0a".repeat(32) + "\"}"));
    assertInstanceOf(LineOp.Info.class, decode("{\"op\":\"info\"}"));
    assertInstanceOf(LineOp.Stop.class, decode("{\"op\":\"stop\",\"later\":[{}]}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "nonsense | not JSON",
        "{\"op\":\"info\"} x | not JSON",
        "{\"op\":\"info\",\"op\":\"stop\"} | not JSON",
        "[1] | not a JSON object",
        "{} | \"op\" is missing",
        "{\"op\":1} | \"op\" is missing",
        "{\"op\":\"dance\"} | unknown op",
        "{\"op\":\"subscribe\"} | \"channel\" is missing",
        "{\"op\":\"score\",\"peer\":\"0a\"} | \"peer\" is no key",
        "{\"op\":\"score\",\"peer\":\"PEER\",\"score\":\"1\"} | \"score\" is no finite number",
        "{\"op\":\"score\",\"peer\":\"PEER\",\"score\":1e999} | \"score\" is no finite number",
        "{\"op\":\"subscribe\",\"channel\":\"c\",\"room\":1} | \"room\" is missing",
        "{\"op\":\"leave\"} | \"room\" is missing",
        "{\"op\":\"join\",\"room\":\"r\",\"psk\":\"AA\"} | \"psk\" is not base64",
        "{\"op\":\"connect\",\"address\":7} | \"address\" is missing",
        "{\"op\":\"publish\",\"channel\":\"c\"} | \"data\" is missing",
        "{\"op\":\"publish\",\"channel\":\"c\",\"data\":\"AA\"} | padding",
        "{\"op\":\"publish\",\"channel\":\"c\",\"data\":\"A-_=\"} | not base64",
      })
  void shouldSayWhatIsWrongWithALine(String line, String reason) {
    String complete = line.replace("PEER", "0a".repeat(32));
    BadLineException e = assertThrows(BadLineException.class, () -> decode(complete));
    assertTrue(String.valueOf(e.getMessage()).contains(reason), e.getMessage());
  }

  @Test
  void shouldKeepTheIdOfAnOperationItRefuses() {
    BadLineException e =
        assertThrows(BadLineException.class, () -> decode("{\"op\":\"dance\",\"id\":7}"));
    assertEquals("7", String.valueOf(e.id()));
  }

  @Test
  void shouldRefuseOctetsThatAreNotUtf8AndNotGuessAnotherEncoding() {
    byte[] utf16 = "{\"op\":\"info\"}".getBytes(StandardCharsets.UTF_16BE);
    assertThrows(BadLineException.class, () -> decoder.decode(utf16));
    byte[] torn = {'{', (byte) 0xc3, '}'};
    BadLineException e = assertThrows(BadLineException.class, () -> decoder.decode(torn));
    assertEquals("not UTF-8", e.getMessage());
    assertNull(e.id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void shouldRefuseDeepNestingWithoutOverflowingTheStack(String piece) {
    assertThrows(BadLineException.class, () -> decode(piece.repeat(100_000)));
  }

  @Test
  void shouldDecodeOrRefuseWhateverComes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] valid =
        "{\"op\":\"publish\",\"channel\":\"talk\",\"data\":\"AQID\",\"id\":12}".getBytes(UTF_8);
    for (int i = 0; i < INPUTS; i++) {
      byte[] line = i % 2 == 0 ? noise(random) : mutated(valid, random);
      try {
        decoder.decode(line);
      } catch (BadLineException e) {
        assertTrue(e.getMessage() != null && !e.getMessage().isEmpty(), () -> "seed " + seed);
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ", input " + i, e);
      }
    }
  }

  private static byte[] noise(Random random) {
    byte[] line = new byte[random.nextInt(64)];
    random.nextBytes(line);
    return line;
  }

  private static byte[] mutated(byte[] valid, Random random) {
    byte[] line = Arrays.copyOf(valid, valid.length - random.nextInt(3));
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      line[random.nextInt(line.length)] = (byte) random.nextInt(256);
    }
    return line;
  }

  private LineOp decode(String line) throws BadLineException {
    return decoder.decode(line.getBytes(UTF_8));
  }
}
