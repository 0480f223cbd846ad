// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Running totals of the streams of all sessions on one loop. Not thread-safe. */
public final class StreamCounters {
  /** What is counted. */
  public enum Event {
    /** Packets sent for the first time. */
    PACKETS_SENT,
    /** Packets sent again. */
    PACKETS_REPEATED,
    /** Repetitions that only ask whether the last packets have arrived. */
    PROBES,
    /** Packets without events, to provoke an acknowledgement. */
    FILLERS,
    /** Times that a stream waited for an acknowledgement in vain. */
    TIMEOUTS,
    /** Repetitions that turned out needless. */
    NEEDLESS_REPEATS,
    /** Offers that found no room. */
    BACK_PRESSURE,
    /** Bytes of lost fire-and-forget packets whose credit was given back. */
    BYTES_WRITTEN_OFF,
    /** Packets that came again and were not delivered again. */
    DUPLICATES,
    /** Packets refused because they lie too far ahead. */
    OUT_OF_WINDOW,
    /** Packets refused because there was no room to hold them. */
    NO_ROOM_TO_HOLD,
    /** Packets held until what precedes them arrives. */
    HELD,
    /** Held packets thrown away by a reset. */
    HELD_DROPPED,
    /** Packets that a sender never repeated and that were given up waiting for. */
    GAP_PACKETS,
    /** Streams of this node that the peer did not acknowledge. */
    GAVE_UP,
    /** Streams that the peer gave up. */
    RESET_BY_PEER,
    /** Control messages that do not decode. */
    BAD_CONTROL,
    /** Control messages for a stream that does not send. */
    STRAY_CONTROL,
    /** Control messages that acknowledge what was never sent. */
    FALSE_ACK,
    /** Streams forgotten because they were idle. */
    STREAMS_IDLE,
    /** Streams forgotten to make room. */
    STREAMS_EVICTED,
    /** Packets refused because every stream is busy. */
    STREAMS_FULL,
    /** Events of several packets that arrived whole. */
    FRAGMENTS_COMPLETE,
    /** Pieces that came again. */
    FRAGMENTS_DUPLICATE,
    /** Events given up because a piece did not come. */
    FRAGMENTS_EXPIRED,
    /** Pieces of an event that was given up. */
    FRAGMENTS_LATE,
    /** Events with pieces that contradict one another. */
    FRAGMENTS_BAD,
    /** Events refused because too many were incomplete. */
    FRAGMENTS_REFUSED;

    /** As a metric tag: lower case. */
    public String tag() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final class Total {
    long value;
  }

  private final Map<Event, Total> totals = new EnumMap<>(Event.class);

  /** All zero. */
  public StreamCounters() {
    for (Event event : Event.values()) {
      totals.put(event, new Total());
    }
  }

  void add(Event event) {
    add(event, 1);
  }

  void add(Event event, long count) {
    of(event).value += count;
  }

  /** How often this happened, or how many bytes. */
  public long total(Event event) {
    return of(event).value;
  }

  /** All totals by tag. */
  public Map<String, Long> snapshot() {
    Map<String, Long> all = LinkedHashMap.newLinkedHashMap(totals.size());
    totals.forEach((event, total) -> all.put(event.tag(), total.value));
    return all;
  }

  private Total of(Event event) {
    return Objects.requireNonNull(totals.get(event));
  }
}
