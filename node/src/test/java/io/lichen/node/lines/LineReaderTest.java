// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.lines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LineReaderTest {
  @Test
  void shouldCutLinesAtLfAndAtCrLfAndAtTheEnd() throws Exception {
    LineReader reader = reader("one\ntwo\r\n\nlast", 10);
    assertEquals("one", next(reader));
    assertEquals("two", next(reader));
    assertEquals("", next(reader));
    assertEquals("last", next(reader));
    assertNull(next(reader));
  }

  @Test
  void shouldHandOutALineOfExactlyTheLimit() throws Exception {
    LineReader reader = reader("0123456789\r\n0123456789", 10);
    assertEquals("0123456789", next(reader));
    assertEquals("0123456789", next(reader));
  }

  @Test
  void shouldRefuseALongerLineAndGoOnBehindIt() throws Exception {
    LineReader reader = reader("01234567890\n" + "x".repeat(300_000) + "\nnext\n", 10);
    BadLineException first = assertThrows(BadLineException.class, reader::next);
    assertTrue(String.valueOf(first.getMessage()).contains("11 bytes"), first.getMessage());
    assertThrows(BadLineException.class, reader::next);
    assertEquals("next", next(reader));
  }

  @Test
  void shouldNotGatherALineThatIsTooLong() throws Exception {
    long sizeBytes = 2L << 30;
    LineReader reader = new LineReader(new Endless(sizeBytes), 1_000);
    assertThrows(BadLineException.class, reader::next);
    assertNull(reader.next());
  }

  @Test
  void shouldFindTheSameLinesHoweverTheStreamIsCut() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      byte[] content = new byte[random.nextInt(2_000)];
      for (int i = 0; i < content.length; i++) {
        content[i] = (byte) "ab\r\n".charAt(random.nextInt(4));
      }
      LineReader whole = new LineReader(new ByteArrayInputStream(content), 50);
      LineReader torn = new LineReader(new Torn(content, random), 50);
      byte[] expected;
      do {
        expected = lineOrRefusal(whole);
        assertArrayEquals(expected, lineOrRefusal(torn), () -> "seed " + seed);
      } while (expected != null);
    }
  }

  private static byte @Nullable [] lineOrRefusal(LineReader reader) throws IOException {
    try {
      return reader.next();
    } catch (BadLineException e) {
      return String.valueOf(e.getMessage()).getBytes(UTF_8);
    }
  }

  private static LineReader reader(String content, int limit) {
    return new LineReader(new ByteArrayInputStream(content.getBytes(UTF_8)), limit);
  }

  private static @Nullable String next(LineReader reader) throws Exception {
    byte[] line = reader.next();
    return line == null ? null : new String(line, UTF_8);
  }

  /** So many octets without a line end. */
  private static final class Endless extends InputStream {
    private long leftBytes;

    Endless(long sizeBytes) {
      this.leftBytes = sizeBytes;
    }

    @Override
    public int read() {
      return leftBytes-- > 0 ? 'x' : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (leftBytes <= 0) {
        return -1;
      }
      leftBytes -= length;
      return length;
    }
  }

  /** Hands out its content in pieces of random size. */
  private static final class Torn extends ByteArrayInputStream {
    private final Random random;

    Torn(byte[] content, Random random) {
      super(content);
      this.random = random;
    }

    @Override
    public synchronized int read(byte[] buffer, int offset, int length) {
      return super.read(buffer, offset, Math.min(length, 1 + random.nextInt(7)));
    }
  }
}
