// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The pieces of one event that have arrived (docs/wire/net-streams.md, "Large events"). */
final class FragmentGroup {
  private static final int UNKNOWN = -1;

  private record Piece(int offset, boolean last, long sequence, ByteBuf bytes) {
    int end() {
      return offset + bytes.readableBytes();
    }

    boolean overlaps(int otherOffset, int otherEnd) {
      return offset < otherEnd && otherOffset < end();
    }
  }

  final int id;
  final long lifetime;
  private final long streamId;
  private final boolean reliable;
  private final int channelHash;
  private final long originHash;
  private final int subprotocolId;
  private final List<Piece> pieces = new ArrayList<>(Fragmenter.MAX_PIECES);
  private int heldBytes;
  private int totalBytes = UNKNOWN;
  private long activeNs;

  /** A group that is bound to what its first piece says. */
  FragmentGroup(StreamPacket first, long lifetime) {
    id = first.fragmentId();
    this.lifetime = lifetime;
    streamId = first.streamId();
    reliable = first.isReliable();
    channelHash = first.channelHash();
    originHash = first.originHash();
    subprotocolId = first.subprotocolId();
  }

  boolean belongs(StreamPacket packet, long otherLifetime) {
    return isOf(packet.streamId(), otherLifetime)
        && reliable == packet.isReliable()
        && channelHash == packet.channelHash()
        && originHash == packet.originHash()
        && subprotocolId == packet.subprotocolId();
  }

  boolean isOf(long otherStreamId, long otherLifetime) {
    return streamId == otherStreamId && lifetime == otherLifetime;
  }

  boolean isHeld(StreamPacket packet, ByteBuf bytes) {
    for (Piece piece : pieces) {
      if (piece.offset == packet.fragmentOffset()
          && piece.last == isLast(packet)
          && piece.sequence == packet.sequence()
          && piece.bytes.equals(bytes)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the piece contradicts what is held. */
  boolean contradicts(StreamPacket packet, int length) {
    int end = packet.fragmentOffset() + length;
    if (pieces.size() == Fragmenter.MAX_PIECES || contradictsTotal(isLast(packet), end)) {
      return true;
    }
    for (Piece piece : pieces) {
      boolean behindEnd = isLast(packet) && end < piece.end();
      if (behindEnd
          || piece.sequence == packet.sequence()
          || piece.overlaps(packet.fragmentOffset(), end)) {
        return true;
      }
    }
    return false;
  }

  private boolean contradictsTotal(boolean last, int end) {
    return totalBytes != UNKNOWN && (last ? end != totalBytes : end > totalBytes);
  }

  void add(StreamPacket packet, ByteBuf bytes, long nowNs) {
    pieces.add(new Piece(packet.fragmentOffset(), isLast(packet), packet.sequence(), bytes.copy()));
    heldBytes += bytes.readableBytes();
    activeNs = nowNs;
    if (isLast(packet)) {
      totalBytes = packet.fragmentOffset() + bytes.readableBytes();
    }
  }

  /** Whether all bytes are there, in whatever order. */
  boolean isFull() {
    return totalBytes != UNKNOWN && heldBytes >= totalBytes;
  }

  /** Whether the pieces follow one another, in bytes and in sequence; puts them in order. */
  boolean isSound() {
    pieces.sort(Comparator.comparingInt(Piece::end));
    int offset = 0;
    long sequence = pieces.getFirst().sequence;
    for (Piece piece : pieces) {
      if (piece.offset != offset || piece.sequence != sequence) {
        return false;
      }
      offset = piece.end();
      sequence++;
    }
    return true;
  }

  /** The event in one frame; the pieces must be sound. */
  ByteBuf join(StreamPool pool) {
    int length = Fragmenter.PREFIX_BYTES + totalBytes;
    ByteBuf whole = pool.buffer(length, length).writeIntLE(totalBytes);
    for (Piece piece : pieces) {
      whole.writeBytes(piece.bytes, piece.bytes.readerIndex(), piece.bytes.readableBytes());
    }
    return whole;
  }

  /** Releases the pieces. */
  void close() {
    pieces.forEach(piece -> piece.bytes.release());
    pieces.clear();
  }

  int heldBytes() {
    return heldBytes;
  }

  /** When the last piece was taken. */
  long activeNs() {
    return activeNs;
  }

  boolean isReliable() {
    return reliable;
  }

  private static boolean isLast(StreamPacket packet) {
    return (packet.fragmentFlags() & StreamPacket.FRAGMENT_LAST) != 0;
  }
}
