// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;

/**
 * Events packed once for one packet to many sessions (docs/wire/net-transport.md, "Event frames").
 *
 * <p>Immutable until closed; it may be given to sessions from several threads, but closed only when
 * all of those calls have returned.
 */
public final class EventBatch implements AutoCloseable {
  /** The longest event, in bytes. */
  public static final int MAX_EVENT_BYTES = 8104;

  /** The longest payload of a packet: events with 4 bytes in front of each. */
  public static final int MAX_PAYLOAD_BYTES = 8108;

  private static final int PREFIX_BYTES = 4;

  private final ByteBuf frames;
  private final int count;

  private EventBatch(ByteBuf frames, int count) {
    this.frames = frames;
    this.count = count;
  }

  /**
   * Packs events, which are copied.
   *
   * @throws IllegalArgumentException if they do not fit into one packet
   */
  public static EventBatch of(List<byte[]> events) {
    long bytes = payloadBytes(events);
    if (bytes > MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "a packet holds " + MAX_PAYLOAD_BYTES + " bytes of framed events, not " + bytes);
    }
    ByteBuf frames = ByteBufAllocator.DEFAULT.heapBuffer((int) bytes);
    for (byte[] event : events) {
      frames.writeIntLE(event.length).writeBytes(event);
    }
    return new EventBatch(frames, events.size());
  }

  /** What these events take in a packet, in bytes. */
  public static long payloadBytes(List<byte[]> events) {
    long bytes = 0;
    for (byte[] event : events) {
      bytes += PREFIX_BYTES + event.length;
    }
    return bytes;
  }

  /** The packed events, for reading. */
  public ByteBuf frames() {
    return frames;
  }

  /** How many events there are. */
  public int count() {
    return count;
  }

  /** Gives the memory back. */
  @Override
  public void close() {
    frames.release();
  }
}
