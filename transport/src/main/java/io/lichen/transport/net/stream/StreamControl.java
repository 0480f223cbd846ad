// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import io.netty.buffer.ByteBuf;

/**
 * The messages of stream control (docs/wire/net-streams.md, "Control messages"), all little-endian,
 * read where they lie.
 */
public final class StreamControl {
  /** The stream of all control packets. */
  static final long STREAM_ID = -1L;

  /** Subprotocol: how much was taken in. */
  public static final int WINDOW = 0x0B00;

  /** Subprotocol: what is missing. */
  public static final int NACK = 0x0B01;

  /** Subprotocol: the sender has given up. */
  public static final int RESET = 0x0B02;

  /** Subprotocol: what was received ahead of what is missing. */
  public static final int ACK_RANGES = 0x0B03;

  static final int WINDOW_BYTES = 24;
  static final int NACK_BYTES = 24;
  static final int RESET_BYTES = 8;
  static final int RANGES_FIXED_BYTES = 16;
  static final int RANGE_BYTES = 16;

  /** The most ranges of a message. */
  public static final int MAX_RANGES = 16;

  private static final int SECOND = 8;
  private static final int THIRD = 16;

  private StreamControl() {}

  /** Whether the message has a valid form. */
  public static boolean isValid(int subprotocolId, ByteBuf event) {
    int length = event.readableBytes();
    return switch (subprotocolId) {
      case WINDOW -> length == WINDOW_BYTES;
      case NACK -> length == NACK_BYTES;
      case RESET -> length == RESET_BYTES;
      case ACK_RANGES -> areRangesValid(event, length);
      default -> false;
    };
  }

  /** Newest first, apart from one another and above the acknowledged sequence. */
  private static boolean areRangesValid(ByteBuf event, int length) {
    int ranges = length - RANGES_FIXED_BYTES;
    if (ranges <= 0 || ranges % RANGE_BYTES != 0 || ranges / RANGE_BYTES > MAX_RANGES) {
      return false;
    }
    long ceiling = -1L;
    for (int i = 0; i < ranges / RANGE_BYTES; i++) {
      long start = rangeStart(event, i);
      long end = rangeEnd(event, i);
      boolean apart = i == 0 || Long.compareUnsigned(end, ceiling) < 0;
      if (!apart || Long.compareUnsigned(start, end) >= 0) {
        return false;
      }
      ceiling = start;
    }
    return Long.compareUnsigned(ceiling, ackSequence(event, ACK_RANGES)) > 0;
  }

  /** The stream that the message is about. */
  public static long streamId(ByteBuf event) {
    return event.getLongLE(event.readerIndex());
  }

  /** Of a window: the cost of all that was ever taken in, in bytes. */
  public static long windowTotal(ByteBuf event) {
    return event.getLongLE(event.readerIndex() + SECOND);
  }

  /** Everything below has been received; for a NACK this one is missing. */
  public static long ackSequence(ByteBuf event, int subprotocolId) {
    return event.getLongLE(event.readerIndex() + (subprotocolId == WINDOW ? THIRD : SECOND));
  }

  /** Of a NACK: bit i stands for the sequence i + 1 above the missing one. */
  public static long missingBitmap(ByteBuf event) {
    return event.getLongLE(event.readerIndex() + THIRD);
  }

  /** How many ranges there are. */
  public static int rangeCount(ByteBuf event) {
    return (event.readableBytes() - RANGES_FIXED_BYTES) / RANGE_BYTES;
  }

  /** The first sequence of a range. */
  public static long rangeStart(ByteBuf event, int index) {
    return event.getLongLE(event.readerIndex() + RANGES_FIXED_BYTES + index * RANGE_BYTES);
  }

  /** The sequence after the last one of a range. */
  public static long rangeEnd(ByteBuf event, int index) {
    return event.getLongLE(
        event.readerIndex() + RANGES_FIXED_BYTES + index * RANGE_BYTES + Long.BYTES);
  }

  /** Appends a window. */
  public static void writeWindow(ByteBuf out, long streamId, long totalBytes, long ackSequence) {
    out.writeLongLE(streamId).writeLongLE(totalBytes).writeLongLE(ackSequence);
  }

  /** Appends a NACK. */
  public static void writeNack(ByteBuf out, long streamId, long nextExpected, long missingBitmap) {
    out.writeLongLE(streamId).writeLongLE(nextExpected).writeLongLE(missingBitmap);
  }

  /** Appends a reset. */
  public static void writeReset(ByteBuf out, long streamId) {
    out.writeLongLE(streamId);
  }

  /** Appends what stands in front of ranges. */
  public static void writeRangesHead(ByteBuf out, long streamId, long ackSequence) {
    out.writeLongLE(streamId).writeLongLE(ackSequence);
  }

  /** Appends a range, which must lie below the ones before it. */
  public static void writeRange(ByteBuf out, long start, long end) {
    out.writeLongLE(start).writeLongLE(end);
  }
}
