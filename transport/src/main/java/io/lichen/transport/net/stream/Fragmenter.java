// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import io.lichen.transport.net.EventBatch;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** Cuts an event that fits no packet into pieces (docs/wire/net-streams.md, "Large events"). */
public final class Fragmenter {
  static final int PIECE_BYTES = EventBatch.MAX_EVENT_BYTES;
  static final int MAX_PIECES = 8;
  static final int MAX_EVENT_BYTES = PIECE_BYTES * MAX_PIECES;
  static final int PREFIX_BYTES = 4;

  private Fragmenter() {}

  static int eventBytes(StreamPacket whole) {
    return whole.frames().readableBytes() - PREFIX_BYTES;
  }

  static int pieceCount(StreamPacket whole) {
    return Math.ceilDiv(eventBytes(whole), PIECE_BYTES);
  }

  /** What all the pieces cost in credit. */
  public static int costBytes(StreamPacket whole) {
    return eventBytes(whole) + pieceCount(whole) * (PREFIX_BYTES + StreamPacket.OVERHEAD_BYTES);
  }

  /** Copies an event into pieces and gives the whole back to the pool. */
  public static List<StreamPacket> split(StreamPacket whole, int groupId, StreamPool pool) {
    int count = pieceCount(whole);
    List<StreamPacket> pieces = new ArrayList<>(count);
    ByteBuf frames = whole.frames();
    int eventBytes = eventBytes(whole);
    for (int i = 0; i < count; i++) {
      int offset = i * PIECE_BYTES;
      int length = Math.min(PIECE_BYTES, eventBytes - offset);
      ByteBuf piece = pool.buffer(PREFIX_BYTES + length, PREFIX_BYTES + length);
      piece.writeIntLE(length);
      piece.writeBytes(frames, frames.readerIndex() + PREFIX_BYTES + offset, length);
      boolean last = i == count - 1;
      int flags = StreamPacket.FRAGMENT_PIECE | (last ? StreamPacket.FRAGMENT_LAST : 0);
      StreamPacket packet = pool.take();
      packet.copyHeader(whole);
      pieces.add(packet.fragment(flags, groupId, offset).payload(piece, 1));
    }
    pool.giveBack(whole);
    return pieces;
  }
}
