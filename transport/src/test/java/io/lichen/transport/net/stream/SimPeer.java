// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import io.lichen.transport.net.Faults;
import io.lichen.transport.net.StreamEnd;
import io.lichen.transport.net.codec.EventFrames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An end of a link with Lichen's streams, an application that sends numbers, and a diary. */
final class SimPeer implements SimLink.End, StreamOutput {
  static final StreamSettings SETTINGS = new StreamSettings(4096, 300_000 * Faults.MS, 7);

  /** What is still to be sent on one stream: numbers, each an event of a size. */
  private static final class Source {
    int window;
    boolean reliable;
    int channelHash;
    long originHash;
    int eventBytes;
    int eventsPerPacket;
    long next;
    long end;
  }

  // Counts what is allocated and not released, which is cheaper than following every buffer.
  final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false, true);
  final StreamPool pool = new StreamPool(memory);
  final StreamCounters counters = new StreamCounters();
  final SessionStreams streams;

  /** The numbers of the events that were delivered, by stream. */
  final Map<Long, List<Long>> delivered = new LinkedHashMap<>();

  final List<StreamEnd> ends = new ArrayList<>();
  final List<String> gaps = new ArrayList<>();
  final List<SimDatagram> transmitted = new ArrayList<>();
  boolean recordsTransmitted;

  /** Whether what is delivered waits for {@link #consume}. */
  boolean isSlow;

  /** What waits so, in bytes by stream. */
  final Map<Long, Integer> unconsumed = new LinkedHashMap<>();

  private final SimLink link;
  private final int index;
  private final Map<Long, Source> sources = new LinkedHashMap<>();
  private final StreamPacket scratch = pool.take();
  private final EventFrames events = new EventFrames();

  SimPeer(SimLink link, int index) {
    this.link = link;
    this.index = index;
    streams = new SessionStreams(SETTINGS, pool, this, counters);
    streams.peerReadsAckRanges(true);
    link.attach(index, this);
  }

  /** Sends so many numbered events, from the first number not sent yet, as fast as may be. */
  void send(long streamId, boolean reliable, int count, int eventBytes, int eventsPerPacket) {
    Source source = source(streamId);
    source.window = 65_536;
    source.reliable = reliable;
    source.eventBytes = Math.max(eventBytes, Long.BYTES);
    source.eventsPerPacket = eventsPerPacket;
    source.end += count;
    pump(streamId);
  }

  /** The same, published under a channel. */
  void publish(long streamId, int count, int channelHash, long originHash) {
    Source source = source(streamId);
    source.channelHash = channelHash;
    source.originHash = originHash;
    send(streamId, true, count, 100, 1);
  }

  private Source source(long streamId) {
    return sources.computeIfAbsent(streamId, id -> new Source());
  }

  private void pump(long streamId) {
    Source source = source(streamId);
    while (source.next < source.end) {
      int count = (int) Math.min(source.eventsPerPacket, source.end - source.next);
      OfferVerdict verdict = offer(streamId, source, count);
      if (verdict != OfferVerdict.TAKEN) {
        return;
      }
      source.next += count;
    }
  }

  /** Offers one event of a size. */
  OfferVerdict offerOne(long streamId, boolean reliable, int window, int eventBytes) {
    Source source = new Source();
    source.reliable = reliable;
    source.window = window;
    source.eventBytes = eventBytes;
    return offer(streamId, source, 1);
  }

  private OfferVerdict offer(long streamId, Source source, int count) {
    ByteBuf frames = memory.buffer(count * (source.eventBytes + EventFrames.PREFIX_BYTES));
    for (int i = 0; i < count; i++) {
      frames.writeIntLE(source.eventBytes).writeLongLE(source.next + i);
      frames.writeZero(source.eventBytes - Long.BYTES);
    }
    StreamPacket packet = pool.take().begin(streamId, source.reliable);
    packet.published(source.channelHash, source.originHash).payload(frames, count);
    OfferVerdict verdict = streams.offer(packet, source.window, link.nowNs());
    if (verdict != OfferVerdict.TAKEN) {
      pool.giveBack(packet);
    }
    return verdict;
  }

  /** The application has read everything that was delivered. */
  void consume() {
    unconsumed.forEach((stream, bytes) -> streams.release(stream, bytes, link.nowNs()));
    unconsumed.clear();
    streams.flush(link.nowNs());
  }

  /** Closes the streams; what they leave allocated then is a leak, in bytes. */
  long leakedBytes() {
    streams.close();
    return memory.metric().usedHeapMemory();
  }

  boolean isSent(long streamId) {
    Source source = source(streamId);
    return source.next == source.end && streams.isIdle(streamId);
  }

  List<Long> delivered(long streamId) {
    return delivered.getOrDefault(streamId, List.of());
  }

  long count(StreamCounters.Event event) {
    return counters.total(event);
  }

  @Override
  public void onDatagram(SimDatagram datagram, long nowNs) {
    StreamPacket packet = datagram.fill(scratch);
    if (datagram.subprotocolId() == 0) {
      streams.onPacket(packet, nowNs);
      return;
    }
    ByteBuf frames = packet.frames();
    EventFrames messages = new EventFrames().of(frames, packet.eventCount());
    while (messages.next()) {
      ByteBuf message = frames.slice(messages.offset(), messages.length());
      streams.onControl(datagram.subprotocolId(), message, nowNs);
    }
  }

  @Override
  public void onBatchEnd(long nowNs) {
    streams.flush(nowNs);
  }

  @Override
  public void onTimer(long nowNs) {
    streams.onTimer(nowNs);
  }

  @Override
  public long nextDeadlineNs() {
    return streams.nextDeadlineNs();
  }

  @Override
  public void transmit(StreamPacket packet) {
    SimDatagram datagram = SimDatagram.of(packet);
    if (recordsTransmitted) {
      transmitted.add(datagram);
    }
    link.send(index, datagram);
  }

  @Override
  public void deliver(StreamPacket packet) {
    if (isSlow) {
      streams.hold(packet.streamId(), packet.costBytes());
      unconsumed.merge(packet.streamId(), packet.costBytes(), Integer::sum);
    }
    List<Long> numbers = delivered.computeIfAbsent(packet.streamId(), id -> new ArrayList<>());
    ByteBuf frames = packet.frames();
    events.of(frames, packet.eventCount());
    while (events.next()) {
      numbers.add(frames.getLongLE(events.offset()));
    }
  }

  @Override
  public void onWritable(long streamId) {
    pump(streamId);
  }

  @Override
  public void onStreamEnd(long streamId, StreamEnd reason) {
    ends.add(reason);
  }

  @Override
  public void onGap(long streamId, long sequence, long count) {
    gaps.add(streamId + ":" + sequence + "+" + count);
  }
}
