// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.topic.engine;

import io.lichen.core.topic.engine.Cursors.Cursor;
import io.lichen.core.topic.engine.TopicFrame.Keys;
import io.lichen.core.topic.engine.TopicRecord.Held;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One peer's turn to be asked: where it stands. Not thread-safe. */
final class Round {
  /** What is waited for. */
  enum Phase {
    /** The peer's keys. */
    KEYS,
    /** What is on its way by itself. */
    GRACE,
    /** The peer's messages. */
    MESSAGES
  }

  /**
   * A message that is wanted.
   *
   * @param seq its number in the peer's log
   * @param key its name as the peer listed it
   */
  record Wanted(long seq, TopicKey key) {}

  final String peer;
  final long startedMs;
  final Deque<Wanted> wanted = new ArrayDeque<>();
  Phase phase = Phase.KEYS;
  int request;
  long deadlineMs;
  int tries;
  int pages;
  boolean startedOver;
  @Nullable TopicFrame asked;
  private Cursor behind = Cursor.START;
  private long end;

  Round(String peer, long nowMs) {
    this.peer = peer;
    this.startedMs = nowMs;
  }

  /** A page has come; those of its messages are wanted that the log lacks. */
  void page(Keys keys, TopicLog log) {
    pages++;
    end = keys.end();
    TopicKey last = keys.held().isEmpty() ? TopicKey.NONE : keys.held().getLast().key();
    behind = new Cursor(keys.next(), last);
    wanted.clear();
    long seq = keys.start();
    for (Held held : keys.held()) {
      if (isMissing(held, log)) {
        wanted.add(new Wanted(seq, held.key()));
      }
      seq++;
    }
  }

  private static boolean isMissing(Held held, TopicLog log) {
    if (held.key().equals(TopicKey.NONE) || log.has(held.key())) {
      return false;
    }
    if (log.mayHaveForgotten(held.heardMs())) {
      log.counters().tooOld.increment();
      return false;
    }
    return true;
  }

  /** What has come by itself is wanted no longer. */
  void dropArrived(TopicLog log) {
    wanted.removeIf(message -> log.has(message.key()));
  }

  /** The next messages to be asked for. */
  List<Wanted> nextWanted() {
    List<Wanted> next = new ArrayList<>(TopicLimits.FETCH_MESSAGES);
    for (Wanted message : wanted) {
      if (next.size() == TopicLimits.FETCH_MESSAGES) {
        break;
      }
      next.add(message);
    }
    return next;
  }

  /** The place behind the page. */
  Cursor behindPage() {
    return behind;
  }

  /** Whether the page ends where the peer's log did. */
  boolean isLastPage() {
    return behind.next() >= end;
  }

  /** Whether it is another peer's turn. */
  boolean isOver(long nowMs) {
    return pages >= TopicLimits.TURN_PAGES || nowMs - startedMs >= TopicLimits.TURN_MS;
  }
}
