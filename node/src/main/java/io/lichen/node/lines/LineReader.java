// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.lines;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream into lines of bounded length. A line ends with LF or CR LF, the last one also with
 * the stream. Memory never exceeds the bound plus one block, however long a line is. Not
 * thread-safe.
 */
public final class LineReader {
  private static final int BLOCK_BYTES = 64 * 1024;

  private final InputStream in;
  private final int maxLineBytes;
  private final byte[] block = new byte[BLOCK_BYTES];
  private int position;
  private int limit;

  /**
   * Reads from {@code in}.
   *
   * @param maxLineBytes the longest line that is handed out, without its end
   */
  public LineReader(InputStream in, int maxLineBytes) {
    this.in = in;
    this.maxLineBytes = maxLineBytes;
  }

  /**
   * The next line without its end; {@code null} at the end of the stream.
   *
   * @throws BadLineException if the line is too long; it has been skipped, the next call goes on
   *     behind it
   */
  public byte @Nullable [] next() throws IOException, BadLineException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    long lengthBytes = 0;
    while (true) {
      if (position == limit && !fill()) {
        return lengthBytes == 0 ? null : finish(line, lengthBytes);
      }
      int end = indexOfLineFeed();
      int countBytes = (end < 0 ? limit : end) - position;
      lengthBytes += countBytes;
      if (lengthBytes <= maxLineBytes + 1L) {
        line.write(block, position, countBytes);
      } else {
        line.reset();
      }
      position += countBytes;
      if (end >= 0) {
        position++;
        return finish(line, lengthBytes);
      }
    }
  }

  private byte[] finish(ByteArrayOutputStream line, long lengthBytes) throws BadLineException {
    byte[] octets = line.toByteArray();
    if (octets.length > 0 && octets[octets.length - 1] == '\r') {
      octets = Arrays.copyOf(octets, octets.length - 1);
      lengthBytes--;
    }
    if (lengthBytes > maxLineBytes) {
      throw new BadLineException(
          "a line of " + lengthBytes + " bytes; at most " + maxLineBytes + " are read", null);
    }
    return octets;
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, in.read(block));
    return limit > 0;
  }

  private int indexOfLineFeed() {
    for (int i = position; i < limit; i++) {
      if (block[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
