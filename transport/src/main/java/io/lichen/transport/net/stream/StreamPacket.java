// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * The part of a packet that streams know: the header fields that differ from packet to packet and
 * the event frames, in plain text (docs/wire/net-streams.md, "Packets").
 *
 * <p>A record of a {@link StreamPool}, used in both directions: whoever sends fills one and offers
 * it, whoever receives keeps one for all packets and fills it anew for each. Not thread-safe.
 */
public final class StreamPacket {
  /** Header flag: the receiver acknowledges the packet, the sender repeats it. */
  public static final int FLAG_RELIABLE = 0x01;

  /** Header flag: this sequence is the first reliable one on its stream. */
  public static final int FLAG_MODE_BOUNDARY = 0x40;

  /** Fragment flag: the packet holds a piece of an event. */
  public static final int FRAGMENT_PIECE = 0x01;

  /** Fragment flag: the piece is the last one. */
  public static final int FRAGMENT_LAST = 0x02;

  /** What a packet costs beyond its payload: header and tag, in bytes. */
  public static final int OVERHEAD_BYTES = 84;

  private long streamId;
  private long sequence;
  private int flags;
  private int subprotocolId;
  private int channelHash;
  private long originHash;
  private int fragmentFlags;
  private int fragmentId;
  private int fragmentOffset;
  private int eventCount;
  private ByteBuf frames = Unpooled.EMPTY_BUFFER;

  // The sender's notes on a packet that awaits acknowledgement.
  long sentNs;
  long sendOrder;
  int repeats;
  boolean lost;

  // The next free record of the pool.
  @Nullable StreamPacket nextFree;

  StreamPacket() {}

  /** Begins a packet of the event plane that is not a fragment and stands on no channel. */
  public StreamPacket begin(long newStreamId, boolean reliable) {
    return begin(newStreamId, 0, reliable ? FLAG_RELIABLE : 0);
  }

  /** Begins a packet as it was received: sequence and flags out of the header. */
  public StreamPacket begin(long newStreamId, long newSequence, int newFlags) {
    streamId = newStreamId;
    sequence = newSequence;
    flags = newFlags;
    subprotocolId = 0;
    channelHash = 0;
    originHash = 0;
    return fragment(0, 0, 0);
  }

  /** Marks the packet as published: the low 16 bits of the channel hash, and the publisher. */
  public StreamPacket published(int newChannelHash, long newOriginHash) {
    channelHash = newChannelHash;
    originHash = newOriginHash;
    return this;
  }

  /** Sets the three fragment fields. */
  public StreamPacket fragment(int newFlags, int newId, int newOffset) {
    fragmentFlags = newFlags;
    fragmentId = newId;
    fragmentOffset = newOffset;
    return this;
  }

  /** Sets the payload: event frames between the buffer's indices. Nothing is retained. */
  public StreamPacket payload(ByteBuf newFrames, int newEventCount) {
    frames = newFrames;
    eventCount = newEventCount;
    return this;
  }

  /** Sets the subprotocol: 0 for events. */
  public StreamPacket subprotocol(int id) {
    subprotocolId = id;
    return this;
  }

  void number(long newSequence) {
    sequence = newSequence;
  }

  void flags(int newFlags) {
    flags = newFlags;
  }

  void copyHeader(StreamPacket from) {
    begin(from.streamId, from.sequence, from.flags);
    published(from.channelHash, from.originHash);
    fragment(from.fragmentFlags, from.fragmentId, from.fragmentOffset);
  }

  /** The stream, unsigned. */
  public long streamId() {
    return streamId;
  }

  /** The number in the stream, unsigned, from 0. */
  public long sequence() {
    return sequence;
  }

  /** The header's flags. */
  public int flags() {
    return flags;
  }

  /** Whether the flags make it reliable; the mode boundary alone does, too. */
  public boolean isReliable() {
    return (flags & (FLAG_RELIABLE | FLAG_MODE_BOUNDARY)) != 0;
  }

  /** 0 for events, else that of stream control. */
  public int subprotocolId() {
    return subprotocolId;
  }

  /** The low 16 bits of the channel's hash; 0 if it is not published. */
  public int channelHash() {
    return channelHash;
  }

  /** The publisher's origin hash; 0 if it is not published. */
  public long originHash() {
    return originHash;
  }

  /** {@link #FRAGMENT_PIECE} and {@link #FRAGMENT_LAST}; 0 for whole events. */
  public int fragmentFlags() {
    return fragmentFlags;
  }

  /** The group of the piece. */
  public int fragmentId() {
    return fragmentId;
  }

  /** Where in the event the piece begins, in bytes. */
  public int fragmentOffset() {
    return fragmentOffset;
  }

  /** How many event frames there are. */
  public int eventCount() {
    return eventCount;
  }

  /** The event frames, between the buffer's indices, which whoever reads must leave as they are. */
  public ByteBuf frames() {
    return frames;
  }

  /** What the packet costs in credit, in bytes. */
  public int costBytes() {
    return frames.readableBytes() + OVERHEAD_BYTES;
  }
}
