// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Takes a server's WebSocket frames apart and looks when the messages in them were published. */
final class FrameReader {
  private static final int OPCODE_TEXT = 1;
  private static final int OPCODE_PING = 9;
  private static final int LONG_LENGTH = 126;

  /** So many characters of base64 hold the time and a byte more. */
  private static final int TIME_CHARS = 12;

  private static final byte[] DATA = "\"data\":\"".getBytes(StandardCharsets.US_ASCII);

  private final LongConsumer times;
  private ByteBuffer rest = ByteBuffer.allocate(0);

  FrameReader(LongConsumer times) {
    this.times = times;
  }

  /** Reads what has come; what is left over waits for more. */
  void read(ByteBuffer more, Consumer<ByteBuffer> onPing) {
    ByteBuffer all = joined(more);
    while (takeFrame(all, onPing)) {
      // One after the other.
    }
    byte[] left = new byte[all.remaining()];
    all.get(left);
    rest = ByteBuffer.wrap(left);
  }

  private ByteBuffer joined(ByteBuffer more) {
    return rest.hasRemaining()
        ? ByteBuffer.allocate(rest.remaining() + more.remaining()).put(rest).put(more).flip()
        : more;
  }

  private boolean takeFrame(ByteBuffer all, Consumer<ByteBuffer> onPing) {
    if (all.remaining() < 2) {
      return false;
    }
    int start = all.position();
    int opcode = all.get(start) & 0x0f;
    int length = all.get(start + 1) & 0x7f;
    int head = length == LONG_LENGTH ? 4 : 2;
    if (all.remaining() < head) {
      return false;
    }
    if (length == LONG_LENGTH) {
      length = Short.toUnsignedInt(all.getShort(start + 2));
    }
    if (all.remaining() < head + length) {
      return false;
    }
    ByteBuffer payload = all.slice(start + head, length);
    all.position(start + head + length);
    if (opcode == OPCODE_PING) {
      onPing.accept(payload);
    } else if (opcode == OPCODE_TEXT) {
      look(payload);
    }
    return true;
  }

  private void look(ByteBuffer text) {
    int at = indexOfData(text);
    if (at >= 0) {
      byte[] time = new byte[TIME_CHARS];
      text.get(at, time);
      long publishedNs = ByteBuffer.wrap(Base64.getDecoder().decode(time)).getLong();
      times.accept(System.nanoTime() - publishedNs);
    }
  }

  private static int indexOfData(ByteBuffer text) {
    for (int i = 0; i + DATA.length + TIME_CHARS <= text.limit(); i++) {
      int matched = 0;
      while (matched < DATA.length && text.get(i + matched) == DATA[matched]) {
        matched++;
      }
      if (matched == DATA.length) {
        return i + DATA.length;
      }
    }
    return -1;
  }
}
