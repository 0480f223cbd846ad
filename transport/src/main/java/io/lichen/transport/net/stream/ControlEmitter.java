// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Collects control messages and sends as many as fit in one packet of each kind
 * (docs/wire/net-streams.md, "Control messages"). Windows go first, then missing sequences, then
 * ranges.
 */
final class ControlEmitter {
  private static final int MAX_PAYLOAD_BYTES = 8108;
  private static final int PREFIX_BYTES = 4;
  private static final int FIRST_CAPACITY_BYTES = 256;
  private static final int FIRST_KIND = StreamControl.WINDOW;
  private static final int KINDS = 4;

  private final StreamPool pool;
  private final StreamOutput output;
  private final @Nullable ByteBuf[] frames = new ByteBuf[KINDS];
  private final int[] counts = new int[KINDS];
  private long nextSequence;

  ControlEmitter(StreamPool pool, StreamOutput output) {
    this.pool = pool;
    this.output = output;
  }

  void window(long streamId, long totalBytes, long ackSequence) {
    ByteBuf out = frame(StreamControl.WINDOW, StreamControl.WINDOW_BYTES);
    StreamControl.writeWindow(out, streamId, totalBytes, ackSequence);
  }

  void nack(long streamId, long nextExpected, long missingBitmap) {
    ByteBuf out = frame(StreamControl.NACK, StreamControl.NACK_BYTES);
    StreamControl.writeNack(out, streamId, nextExpected, missingBitmap);
  }

  void reset(long streamId) {
    StreamControl.writeReset(frame(StreamControl.RESET, StreamControl.RESET_BYTES), streamId);
  }

  /** The newest ranges of what arrived out of order; there must be one at least. */
  void ranges(long streamId, SequenceTracker received) {
    int count = Math.min(received.rangeCount(), StreamControl.MAX_RANGES);
    int bytes = StreamControl.RANGES_FIXED_BYTES + count * StreamControl.RANGE_BYTES;
    ByteBuf out = frame(StreamControl.ACK_RANGES, bytes);
    StreamControl.writeRangesHead(out, streamId, received.nextExpected());
    received.writeNewestRanges(out, count);
  }

  /** Sends what was collected. */
  void flush() {
    for (int kind = 0; kind < KINDS; kind++) {
      send(kind);
    }
  }

  /** Throws away what was collected. */
  void close() {
    for (int kind = 0; kind < KINDS; kind++) {
      ByteBuf collected = frames[kind];
      frames[kind] = null;
      if (collected != null) {
        collected.release();
      }
    }
  }

  /** Room for a message of one kind, its length already written in front. */
  private ByteBuf frame(int subprotocolId, int bytes) {
    int kind = subprotocolId - FIRST_KIND;
    ByteBuf out = frames[kind];
    if (out != null && out.readableBytes() + PREFIX_BYTES + bytes > MAX_PAYLOAD_BYTES) {
      send(kind);
      out = null;
    }
    if (out == null) {
      out = pool.buffer(FIRST_CAPACITY_BYTES, MAX_PAYLOAD_BYTES);
      frames[kind] = out;
    }
    counts[kind]++;
    return out.writeIntLE(bytes);
  }

  private void send(int kind) {
    ByteBuf collected = frames[kind];
    if (collected == null) {
      return;
    }
    StreamPacket packet = pool.take().begin(StreamControl.STREAM_ID, nextSequence++, 0);
    packet.subprotocol(FIRST_KIND + kind).payload(collected, counts[kind]);
    frames[kind] = null;
    counts[kind] = 0;
    output.transmit(packet);
    pool.giveBack(packet);
  }
}
