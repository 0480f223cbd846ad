// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import io.lichen.transport.net.stream.StreamCounters.Event;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts events of several packets together, for all streams of a session (docs/wire/net-streams.md,
 * "Large events").
 *
 * <p>At most {@link #MAX_GROUPS} events are incomplete at once, and a fire-and-forget one waits for
 * its next piece for {@link #LIMIT_NS}. What was given up is fenced as long, so that its late
 * pieces do not begin anew; of more than {@link #MAX_FENCES} fences the oldest gives way.
 */
public final class Reassembler {
  static final int MAX_GROUPS = 8;
  static final int MAX_FENCES = 8;
  static final long LIMIT_NS = 2_000_000_000L;
  static final long NONE = Long.MAX_VALUE;

  /** What became of a piece. */
  public enum Outcome {
    /** Held until the others come. */
    BUFFERED,
    /** The event is whole: {@link Reassembler#takeWhole} has it. */
    COMPLETE,
    /** Held already. */
    DUPLICATE,
    /** Its event was given up before. */
    ABANDONED,
    /** Says other things about its event than the pieces before it did. */
    INCONSISTENT,
    /** Does not fit the pieces before it. */
    MALFORMED,
    /** Too many events are incomplete. */
    REFUSED
  }

  private record Fence(int id, long lifetime, long endNs) {}

  private final StreamPool pool;
  private final StreamCounters counters;
  private final List<FragmentGroup> groups = new ArrayList<>(0);
  private final ArrayDeque<Fence> fences = new ArrayDeque<>(0);
  private @Nullable StreamPacket whole;

  /** Holds nothing yet. */
  public Reassembler(StreamPool pool, StreamCounters counters) {
    this.pool = pool;
    this.counters = counters;
  }

  /**
   * Takes a piece, which is copied.
   *
   * @param lifetime tells the stream from earlier ones of the same id
   */
  public Outcome accept(StreamPacket packet, long lifetime, long nowNs) {
    ByteBuf bytes = pieceOf(packet);
    Outcome outcome =
        bytes == null
                || packet.fragmentOffset() + bytes.readableBytes() > Fragmenter.MAX_EVENT_BYTES
            ? Outcome.MALFORMED
            : fit(packet, bytes, lifetime, nowNs);
    count(outcome);
    return outcome;
  }

  private Outcome fit(StreamPacket packet, ByteBuf bytes, long lifetime, long nowNs) {
    expire(nowNs);
    if (isFenced(packet.fragmentId(), lifetime)) {
      return Outcome.ABANDONED;
    }
    FragmentGroup group = find(packet.fragmentId());
    if (group == null) {
      if (groups.size() == MAX_GROUPS || !pool.tryOpenGroup()) {
        fence(packet.fragmentId(), lifetime, nowNs);
        return Outcome.REFUSED;
      }
      group = new FragmentGroup(packet, lifetime);
      groups.add(group);
    } else if (!group.belongs(packet, lifetime)) {
      abandon(group, nowNs);
      return Outcome.INCONSISTENT;
    } else if (group.isHeld(packet, bytes)) {
      return Outcome.DUPLICATE;
    }
    return add(group, packet, bytes, nowNs);
  }

  private Outcome add(FragmentGroup group, StreamPacket packet, ByteBuf bytes, long nowNs) {
    if (group.contradicts(packet, bytes.readableBytes())) {
      abandon(group, nowNs);
      return Outcome.MALFORMED;
    }
    group.add(packet, bytes, nowNs);
    if (!group.isFull()) {
      return Outcome.BUFFERED;
    }
    if (!group.isSound()) {
      abandon(group, nowNs);
      return Outcome.MALFORMED;
    }
    StreamPacket event = pool.take();
    event.copyHeader(packet);
    whole = event.fragment(0, 0, 0).payload(group.join(pool), 1);
    remove(group);
    return Outcome.COMPLETE;
  }

  /** The event that a piece has just completed; the pool is to have it back. */
  public StreamPacket takeWhole() {
    StreamPacket event = whole;
    if (event == null) {
      throw new IllegalStateException("no event is complete");
    }
    whole = null;
    return event;
  }

  /** The bytes of the one event frame that a piece must be. */
  private static @Nullable ByteBuf pieceOf(StreamPacket packet) {
    ByteBuf frames = packet.frames();
    int length = frames.readableBytes() - Fragmenter.PREFIX_BYTES;
    if (packet.eventCount() != 1 || length < 0) {
      return null;
    }
    long said = frames.getUnsignedIntLE(frames.readerIndex());
    return said > length
        ? null
        : frames.slice(frames.readerIndex() + Fragmenter.PREFIX_BYTES, (int) said);
  }

  private @Nullable FragmentGroup find(int id) {
    for (FragmentGroup group : groups) {
      if (group.id == id) {
        return group;
      }
    }
    return null;
  }

  private boolean isFenced(int id, long lifetime) {
    for (Fence fence : fences) {
      if (fence.id == id && fence.lifetime == lifetime) {
        return true;
      }
    }
    return false;
  }

  private void fence(int id, long lifetime, long nowNs) {
    if (fences.size() == MAX_FENCES) {
      fences.removeFirst();
    }
    fences.addLast(new Fence(id, lifetime, nowNs + LIMIT_NS));
  }

  private void abandon(FragmentGroup group, long nowNs) {
    fence(group.id, group.lifetime, nowNs);
    remove(group);
  }

  private void remove(FragmentGroup group) {
    groups.remove(group);
    group.close();
    pool.closeGroup();
  }

  /**
   * Gives up what has waited too long, and fences that have stood long enough. A reliable stream's
   * pieces come in order and are repeated, so its events have no limit.
   */
  public void expire(long nowNs) {
    while (!fences.isEmpty() && nowNs >= fences.getFirst().endNs) {
      fences.removeFirst();
    }
    for (int i = groups.size() - 1; i >= 0; i--) {
      FragmentGroup group = groups.get(i);
      if (!group.isReliable() && nowNs - group.activeNs() >= LIMIT_NS) {
        counters.add(Event.FRAGMENTS_EXPIRED);
        abandon(group, nowNs);
      }
    }
  }

  /** When {@link #expire} has something to do. */
  long deadlineNs() {
    long deadlineNs = NONE;
    for (FragmentGroup group : groups) {
      if (!group.isReliable()) {
        deadlineNs = Math.min(deadlineNs, group.activeNs() + LIMIT_NS);
      }
    }
    return deadlineNs;
  }

  /** A stream began anew: what it was sending is given up. */
  public void onStreamReset(long streamId, long lifetime, long nowNs) {
    for (int i = groups.size() - 1; i >= 0; i--) {
      FragmentGroup group = groups.get(i);
      if (group.isOf(streamId, lifetime)) {
        abandon(group, nowNs);
      }
    }
  }

  /** Releases everything. */
  public void close() {
    for (Iterator<FragmentGroup> each = groups.iterator(); each.hasNext(); ) {
      each.next().close();
      each.remove();
      pool.closeGroup();
    }
  }

  /** How many events are incomplete. */
  public int openGroups() {
    return groups.size();
  }

  /** Bytes of the pieces that are held. */
  public int heldBytes() {
    return groups.stream().mapToInt(FragmentGroup::heldBytes).sum();
  }

  private void count(Outcome outcome) {
    switch (outcome) {
      case BUFFERED -> {}
      case COMPLETE -> counters.add(Event.FRAGMENTS_COMPLETE);
      case DUPLICATE -> counters.add(Event.FRAGMENTS_DUPLICATE);
      case ABANDONED -> counters.add(Event.FRAGMENTS_LATE);
      case INCONSISTENT, MALFORMED -> counters.add(Event.FRAGMENTS_BAD);
      case REFUSED -> counters.add(Event.FRAGMENTS_REFUSED);
    }
  }
}
