// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/** The frames that a server sends: whole and not masked (RFC 6455 section 5.2). */
final class Frames {
  private static final int WHOLE = 0x80;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int LONGEST_HEADER = 10;
  private static final int LONGEST_CONTROL = 125;

  private Frames() {}

  static ByteBuf text(ByteBufAllocator allocator, String text) {
    int length = ByteBufUtil.utf8Bytes(text);
    ByteBuf frame = begin(allocator, TEXT, length);
    ByteBufUtil.reserveAndWriteUtf8(frame, text, length);
    return frame;
  }

  static ByteBuf binary(ByteBufAllocator allocator, byte[] data) {
    return begin(allocator, BINARY, data.length).writeBytes(data);
  }

  static ByteBuf ping(ByteBufAllocator allocator) {
    return begin(allocator, PING, 0);
  }

  /** Takes at most 125 bytes, as pings do. */
  static ByteBuf pong(ByteBufAllocator allocator, byte[] data) {
    int length = Math.min(data.length, LONGEST_CONTROL);
    return begin(allocator, PONG, length).writeBytes(data, 0, length);
  }

  /** A reason that is too long loses its end. */
  static ByteBuf close(ByteBufAllocator allocator, int code, String reason) {
    if (code == CloseCode.NONE) {
      return begin(allocator, CLOSE, 0);
    }
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(text.length, LONGEST_CONTROL - Short.BYTES);
    while (length < text.length && length > 0 && (text[length] & 0xC0) == 0x80) {
      length--;
    }
    return begin(allocator, CLOSE, Short.BYTES + length)
        .writeShort(code)
        .writeBytes(text, 0, length);
  }

  private static ByteBuf begin(ByteBufAllocator allocator, int opcode, int length) {
    ByteBuf frame = allocator.buffer(LONGEST_HEADER + length).writeByte(WHOLE | opcode);
    if (length <= LONGEST_CONTROL) {
      return frame.writeByte(length);
    }
    return length <= 0xFFFF
        ? frame.writeByte(126).writeShort(length)
        : frame.writeByte(127).writeLong(length);
  }
}
