// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.delivery;

import io.lichen.core.net.NetEvent;
import io.lichen.transport.net.EventBatch;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.StreamEvents;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The events of one packet, copied out of the network's buffers once for all receivers. Immutable
 * after {@link #copy}; shared by the queues.
 */
final class PacketEvents implements Parcel<NetEvent> {
  /** Objects around the bytes of an event, roughly. */
  static final int OVERHEAD_BYTES = 64;

  private final long peer;
  private final long streamId;
  private final @Nullable String channel;
  private final long sequence;
  private final long originHash;
  private final int[] ends;
  private final NetSession session;
  private final int heldBytes;
  // The loop counts as one until it has offered this to all.
  private final AtomicInteger receivers = new AtomicInteger(1);
  private byte[] bytes = {};

  private PacketEvents(
      NetSession session, StreamEvents events, @Nullable String channel, boolean hold) {
    this.session = session;
    this.heldBytes = hold ? events.hold() : 0;
    this.peer = session.peerNodeId();
    this.streamId = events.streamId();
    this.channel = channel;
    this.sequence = events.sequence();
    this.originHash = events.originHash();
    this.ends = new int[events.count()];
  }

  /**
   * Copies the events of a packet.
   *
   * @param hold whether their sender is to wait until all receivers are done with them
   */
  static PacketEvents copy(
      NetSession session, StreamEvents events, @Nullable String channel, boolean hold) {
    PacketEvents copy = new PacketEvents(session, events, channel, hold);
    events.forEach(copy::add);
    return copy;
  }

  private void add(int index, ByteBuf buffer, int offset, int length) {
    int start = start(index);
    if (bytes.length < start + length) {
      // Events of a packet are of one size as a rule: the first says how much they all take, but
      // only one that stands alone can be longer than a packet.
      long guess = start + (long) (ends.length - index) * length;
      int most = Math.max(EventBatch.MAX_PAYLOAD_BYTES, start + length);
      bytes = Arrays.copyOf(bytes, (int) Math.min(guess, most));
    }
    buffer.getBytes(offset, bytes, start, length);
    ends[index] = start + length;
  }

  private int start(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  /** The bytes of the events themselves. */
  int dataBytes() {
    return ends[ends.length - 1];
  }

  @Override
  public int count() {
    return ends.length;
  }

  @Override
  public long sizeBytes() {
    return bytes.length + (long) OVERHEAD_BYTES * ends.length;
  }

  @Override
  public NetEvent get(int index) {
    byte[] data = Arrays.copyOfRange(bytes, start(index), ends[index]);
    return new NetEvent(peer, streamId, channel, sequence, index, originHash, data);
  }

  @Override
  public void offered() {
    receivers.incrementAndGet();
  }

  @Override
  public void done() {
    if (receivers.decrementAndGet() == 0 && heldBytes > 0) {
      session.release(streamId, heldBytes);
    }
  }
}
