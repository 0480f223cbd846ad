// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.transport.net.DropReason;
import io.lichen.transport.net.StreamEvents;
import io.lichen.transport.net.codec.EventFrames;
import io.lichen.transport.net.stream.SessionStreams;
import io.lichen.transport.net.stream.StreamPacket;
import org.jspecify.annotations.Nullable;

/** The events of a packet as the listener sees them; one object for all packets of a session. */
final class DeliveredEvents implements StreamEvents {
  private final SessionStreams streams;
  private final DropCounters drops;
  private final EventFrames frames = new EventFrames();
  private @Nullable StreamPacket packet;
  private int count;

  DeliveredEvents(SessionStreams streams, DropCounters drops) {
    this.streams = streams;
    this.drops = drops;
  }

  /** Shows a packet; frames that are cut short are counted. */
  DeliveredEvents of(StreamPacket next) {
    packet = next;
    count = 0;
    frames.of(next.frames(), next.eventCount());
    while (frames.next()) {
      count++;
    }
    if (frames.isTruncated()) {
      drops.drop(DropReason.BAD_FRAMES);
    }
    return this;
  }

  @Override
  public long streamId() {
    return packet().streamId();
  }

  @Override
  public long sequence() {
    return packet().sequence();
  }

  @Override
  public boolean reliable() {
    return packet().isReliable();
  }

  @Override
  public int channelHash() {
    return packet().channelHash();
  }

  @Override
  public long originHash() {
    return packet().originHash();
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public void forEach(Visitor visitor) {
    StreamPacket shown = packet();
    frames.of(shown.frames(), shown.eventCount());
    for (int index = 0; frames.next(); index++) {
      visitor.onEvent(index, shown.frames(), frames.offset(), frames.length());
    }
  }

  @Override
  public int hold() {
    int bytes = packet().costBytes();
    streams.hold(streamId(), bytes);
    return bytes;
  }

  private StreamPacket packet() {
    StreamPacket shown = packet;
    if (shown == null) {
      throw new IllegalStateException("no packet is being delivered");
    }
    return shown;
  }
}
