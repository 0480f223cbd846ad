// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import io.lichen.transport.net.EventBatch;
import io.lichen.transport.net.StreamStats;
import io.lichen.transport.net.stream.StreamCounters.Event;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * All streams of one session, in both directions, without I/O (docs/wire/net-streams.md).
 *
 * <p>The session feeds it what packets bring, calls {@link #flush} when no more are at hand, and
 * {@link #onTimer} when {@link #nextDeadlineNs} has come; it answers through its {@link
 * StreamOutput}. Streams begin with their first packet, in either direction: opening is not a thing
 * of the wire. Times are the loop's monotonic nanoseconds. Not thread-safe: it belongs to the loop.
 */
public final class SessionStreams {
  /** What {@link #nextDeadlineNs} answers when no timer is needed. */
  public static final long NO_DEADLINE = Long.MAX_VALUE;

  /** The longest event that any peer can be sent. */
  public static final int MAX_EVENT_BYTES = Fragmenter.MAX_EVENT_BYTES;

  private final StreamContext context;
  private final StreamTable table;
  private final StreamKeeper keeper;
  private final StreamTimers timers = new StreamTimers();
  private final StreamQueue unsettled = new StreamQueue();
  private final StreamCounters counters;
  private boolean reassembles;
  private boolean closed;

  /**
   * A session that has just begun.
   *
   * @param pool shared by the sessions of the loop, as are the counters
   */
  public SessionStreams(
      StreamSettings settings, StreamPool pool, StreamOutput output, StreamCounters counters) {
    this.counters = counters;
    context = new StreamContext(pool, output, counters);
    table = new StreamTable(settings.maxStreams(), settings.hashSeed());
    keeper = new StreamKeeper(table, settings.idleNs(), counters);
  }

  /** Whether the peer has announced that it reads acknowledgement ranges, and may be sent them. */
  public void peerReadsAckRanges(boolean reads) {
    context.ackRanges = reads;
  }

  /**
   * Whether the peer has announced that it puts events of several packets together, by the tag
   * {@code lichen.stream.fragment_reassembly@1}.
   */
  public void peerReassembles(boolean does) {
    reassembles = does;
  }

  /** The longest event that this peer can be sent now, in bytes. */
  public int maxEventBytes() {
    return reassembles ? Fragmenter.MAX_EVENT_BYTES : EventBatch.MAX_EVENT_BYTES;
  }

  /**
   * Sends a packet on its stream, or says why not. Its flags say whether it is reliable; once one
   * was, all that follow on the stream are.
   *
   * @param packet out of the pool, with stream, reliability, channel and payload set: framed events
   *     of at most 8108 bytes, or one framed event of up to {@link #maxEventBytes}. It is taken
   *     over with its frames, which must not be changed any more, if the answer is {@code TAKEN},
   *     and remains the caller's otherwise
   * @param windowBytes credit if the stream begins with this packet; 0 is no limit
   * @throws IllegalArgumentException if several events are longer than a packet
   */
  public OfferVerdict offer(StreamPacket packet, int windowBytes, long nowNs) {
    StreamState state = closed ? null : stream(packet.streamId(), nowNs);
    if (state == null) {
      return OfferVerdict.CLOSED;
    }
    boolean large = packet.frames().readableBytes() > EventBatch.MAX_PAYLOAD_BYTES;
    if (large && Fragmenter.eventBytes(packet) > maxEventBytes()) {
      return OfferVerdict.TOO_LARGE;
    }
    if (large && packet.eventCount() != 1) {
      throw new IllegalArgumentException(packet.eventCount() + " events are too long for a packet");
    }
    StreamSender sender = keeper.sender(state, context, windowBytes, nowNs);
    table.touch(state, nowNs);
    OfferVerdict verdict = large ? sender.offerLarge(packet, nowNs) : sender.offer(packet, nowNs);
    timers.arm(state);
    return verdict;
  }

  /**
   * Takes in a packet of the event plane which is authentic and new.
   *
   * @param packet as received, with all fields set; remains the caller's, as do its frames
   * @return false if the stream refused it: a copy, too far ahead, or no room
   */
  public boolean onPacket(StreamPacket packet, long nowNs) {
    StreamState state = closed ? null : stream(packet.streamId(), nowNs);
    if (state == null) {
      counters.add(Event.STREAMS_FULL);
      return false;
    }
    StreamReceiver receiver = state.receiver;
    if (receiver == null) {
      receiver = new StreamReceiver(state.id, context);
      state.receiver = receiver;
    }
    table.touch(state, nowNs);
    boolean taken = receiver.onPacket(packet, nowNs);
    unsettled.add(state);
    return taken;
  }

  /**
   * Keeps bytes that are being delivered from being confirmed to their sender, whose window so
   * closes, until they are {@linkplain #release released}.
   *
   * @param bytes at most the {@link StreamPacket#costBytes} of what is being delivered
   */
  public void hold(long streamId, int bytes) {
    StreamState state = table.get(streamId);
    if (state != null && state.receiver != null) {
      state.receiver.hold(bytes);
    }
  }

  /** Confirms bytes that were held; {@link #flush} is to follow. */
  public void release(long streamId, int bytes, long nowNs) {
    StreamState state = closed ? null : table.get(streamId);
    if (state != null && state.receiver != null) {
      state.receiver.release(bytes, nowNs);
      unsettled.add(state);
    }
  }

  /**
   * Takes in one message of stream control.
   *
   * @param subprotocolId 0x0B00 to 0x0B03
   * @param event remains the caller's
   * @return false if it does not decode
   */
  public boolean onControl(int subprotocolId, ByteBuf event, long nowNs) {
    if (!StreamControl.isValid(subprotocolId, event)) {
      counters.add(Event.BAD_CONTROL);
      return false;
    }
    StreamState state = closed ? null : table.get(StreamControl.streamId(event));
    if (state == null) {
      counters.add(Event.STRAY_CONTROL);
      return true;
    }
    if (subprotocolId == StreamControl.RESET) {
      onReset(state, nowNs);
    } else {
      onFeedback(state, subprotocolId, event, nowNs);
    }
    return true;
  }

  private void onReset(StreamState state, long nowNs) {
    if (state.receiver == null) {
      counters.add(Event.STRAY_CONTROL);
      return;
    }
    state.receiver.onReset(nowNs);
    unsettled.add(state);
  }

  private void onFeedback(StreamState state, int subprotocolId, ByteBuf event, long nowNs) {
    StreamSender sender = state.sender;
    if (sender == null) {
      counters.add(Event.STRAY_CONTROL);
      return;
    }
    table.touch(state, nowNs);
    long ackSequence = StreamControl.ackSequence(event, subprotocolId);
    switch (subprotocolId) {
      case StreamControl.WINDOW ->
          sender.onWindow(StreamControl.windowTotal(event), ackSequence, nowNs);
      case StreamControl.NACK ->
          sender.onMissing(ackSequence, StreamControl.missingBitmap(event), nowNs);
      default -> onRanges(sender, event, ackSequence, nowNs);
    }
    unsettled.add(state);
  }

  private static void onRanges(StreamSender sender, ByteBuf event, long ackSequence, long nowNs) {
    sender.onAck(ackSequence, nowNs);
    for (int i = 0; i < StreamControl.rangeCount(event); i++) {
      sender.onRange(StreamControl.rangeStart(event, i), StreamControl.rangeEnd(event, i), nowNs);
    }
  }

  /** The stream with this id, begun if there is none; {@code null} if all are busy. */
  private @Nullable StreamState stream(long streamId, long nowNs) {
    StreamState state = table.get(streamId);
    return state == null ? keeper.begin(streamId, nowNs) : state;
  }

  /**
   * Acknowledges, repeats and announces room, as what came in since the last call demands. To be
   * called at the end of every batch of packets.
   */
  public void flush(long nowNs) {
    for (StreamState state = unsettled.poll(); state != null; state = unsettled.poll()) {
      state.settle(nowNs);
      timers.arm(state);
    }
    timers.armAt(context.reassembler.deadlineNs());
    context.control.flush();
  }

  /** The time that {@link #nextDeadlineNs} named has come. Earlier calls do no harm. */
  public void onTimer(long nowNs) {
    if (closed || nowNs < nextDeadlineNs()) {
      return;
    }
    timers.run(nowNs);
    context.reassembler.expire(nowNs);
    timers.armAt(context.reassembler.deadlineNs());
    keeper.sweep(nowNs);
    context.control.flush();
  }

  /** When {@link #onTimer} is wanted; ask after every call. */
  public long nextDeadlineNs() {
    return closed ? NO_DEADLINE : Math.min(timers.deadlineNs(), keeper.deadlineNs());
  }

  /** How many streams are remembered. */
  public int streams() {
    return table.size();
  }

  /** Whether nothing that was sent on a stream awaits acknowledgement. */
  public boolean isIdle(long streamId) {
    StreamState state = table.get(streamId);
    return state == null || !state.isSending();
  }

  /** Whether nothing that was sent awaits acknowledgement. */
  public boolean isIdle() {
    for (StreamState state = table.oldest(); state != null; state = state.newer) {
      if (state.isSending()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Counts of a stream.
   *
   * @param queuedBytes what the caller has queued for it
   */
  public StreamStats stats(long streamId, long queuedBytes) {
    StreamState state = table.get(streamId);
    StreamSender sender = state == null ? null : state.sender;
    return sender == null
        ? new StreamStats(0, 0, queuedBytes, 0, 0, context.rtt.smoothedNs())
        : sender.stats(queuedBytes);
  }

  /** Releases everything; all later calls do nothing. Idempotent. */
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    for (StreamState state = table.oldest(); state != null; state = state.newer) {
      state.close();
    }
    context.reassembler.close();
    context.control.close();
  }
}
