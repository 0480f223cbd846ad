// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Reads the events of a payload one after the other (docs/wire/net-transport.md, "Event frames").
 * One object serves any number of payloads. Not thread-safe.
 */
public final class EventFrames {
  /** Length of what stands in front of an event. */
  public static final int PREFIX_BYTES = 4;

  private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
  private int next;
  private int end;
  private int left;
  private int offset;
  private int length;
  private boolean truncated;

  /**
   * Begins with a payload.
   *
   * @param payload the bytes between its indices, which are left as they are
   * @param count at most how many events are read; what follows them is ignored
   * @return this
   */
  public EventFrames of(ByteBuf payload, int count) {
    buffer = payload;
    next = payload.readerIndex();
    end = payload.writerIndex();
    left = count;
    truncated = false;
    return this;
  }

  /** Goes on to the next event; false if there is none, or it is cut short. */
  public boolean next() {
    if (left == 0 || truncated) {
      return false;
    }
    int room = end - next - PREFIX_BYTES;
    long bytes = room < 0 ? Long.MAX_VALUE : buffer.getUnsignedIntLE(next);
    if (bytes > room) {
      truncated = true;
      return false;
    }
    offset = next + PREFIX_BYTES;
    length = (int) bytes;
    next = offset + length;
    left--;
    return true;
  }

  /** Where in the buffer the event begins. */
  public int offset() {
    return offset;
  }

  /** Length of the event in bytes. */
  public int length() {
    return length;
  }

  /** Whether reading ended before the last event because it is cut short. */
  public boolean isTruncated() {
    return truncated;
  }

  /** Appends an event to a payload. */
  public static void append(ByteBuf payload, byte[] event, int offset, int length) {
    payload.writeIntLE(length).writeBytes(event, offset, length);
  }
}
