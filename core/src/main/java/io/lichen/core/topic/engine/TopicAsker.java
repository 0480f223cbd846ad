// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.topic.engine;

import io.lichen.core.topic.engine.Cursors.Cursor;
import io.lichen.core.topic.engine.Round.Wanted;
import io.lichen.core.topic.engine.TopicFrame.Fetch;
import io.lichen.core.topic.engine.TopicFrame.Given;
import io.lichen.core.topic.engine.TopicFrame.Keys;
import io.lichen.core.topic.engine.TopicFrame.Listing;
import io.lichen.core.topic.engine.TopicFrame.Messages;
import io.lichen.core.topic.engine.TopicFrame.Offer;
import io.lichen.redex.RedexException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings the log up to date: looks through the logs of peers, one peer at a time and each from
 * where it left off, and fetches what is missing. Asks again what gets no answer; leaves alone for
 * a while who does not answer, or wrongly. Not thread-safe.
 */
final class TopicAsker {
  private static final int MAX_DOUBLINGS = 16;

  private static final class Source {
    long offeredNext;
    boolean isDoubtful;
    long servedMs = Long.MIN_VALUE;
    long heldOffUntilMs = Long.MIN_VALUE;
    int failures;
  }

  private final String topic;
  private final TopicLog log;
  private final TopicCodec codec;
  private final TopicPeers out;
  private final Cursors cursors;
  private final Map<String, Source> sources = new HashMap<>();
  private @Nullable Round round;
  private int lastRequest;
  private int lastProbe;

  /**
   * Makes one that asks nobody until somebody offers something.
   *
   * @param firstRequest any number
   */
  TopicAsker(
      String topic,
      TopicLog log,
      TopicCodec codec,
      TopicPeers out,
      Cursors cursors,
      int firstRequest) {
    this.topic = topic;
    this.log = log;
    this.codec = codec;
    this.out = out;
    this.cursors = cursors;
    this.lastRequest = firstRequest;
    this.lastProbe = firstRequest;
  }

  void joined(String peer) {
    sources.put(peer, new Source());
  }

  void left(String peer) {
    sources.remove(peer);
    if (round != null && round.peer.equals(peer)) {
      round = null;
    }
  }

  void onOffer(String peer, Offer offer, long nowMs) {
    Source source = sources.get(peer);
    if (source == null) {
      return;
    }
    source.offeredNext = offer.next();
    // Either an old offer was late, or that log is not the one that was looked through.
    source.isDoubtful |= cursors.of(peer).next() > offer.next();
    askNext(nowMs);
  }

  /** Asks a peer how far its log goes, whatever else is under way. */
  void probe(String peer) {
    lastProbe = ++lastRequest;
    Listing question = new Listing(lastProbe, 0, TopicKey.NONE, 0);
    out.send(peer, TopicFrames.encode(topic, question));
  }

  /** Does what is due. */
  void tick(long nowMs) {
    Round current = round;
    if (current != null && nowMs >= current.deadlineMs) {
      switch (current.phase) {
        case GRACE -> {
          current.dropArrived(log);
          fetch(current, nowMs);
        }
        case KEYS, MESSAGES -> askAgain(current, nowMs);
      }
    }
    askNext(nowMs);
  }

  private void askNext(long nowMs) {
    if (round == null) {
      sources.entrySet().stream()
          .filter(e -> hasMore(e.getKey(), e.getValue()))
          .filter(e -> e.getValue().heldOffUntilMs <= nowMs)
          .min(Comparator.comparingLong(e -> e.getValue().servedMs))
          .ifPresent(e -> begin(e.getKey(), e.getValue(), nowMs));
    }
  }

  private boolean hasMore(String peer, Source source) {
    boolean isDue = source.isDoubtful || cursors.of(peer).next() < source.offeredNext;
    return isDue && out.isSource(topic, peer);
  }

  private void begin(String peer, Source source, long nowMs) {
    source.servedMs = nowMs;
    Round fresh = new Round(peer, nowMs);
    round = fresh;
    list(fresh, nowMs);
  }

  private void list(Round current, long nowMs) {
    Cursor cursor = cursors.of(current.peer);
    current.phase = Round.Phase.KEYS;
    ask(
        current,
        new Listing(++lastRequest, cursor.next(), cursor.check(), TopicLimits.PAGE_KEYS),
        nowMs);
  }

  private void ask(Round current, TopicFrame frame, long nowMs) {
    current.request = lastRequest;
    current.asked = frame;
    current.tries = 1;
    current.deadlineMs = nowMs + TopicLimits.ANSWER_MS;
    out.send(current.peer, TopicFrames.encode(topic, frame));
  }

  private void askAgain(Round current, long nowMs) {
    log.counters().timeouts.increment();
    if (current.tries == TopicLimits.TRIES || current.asked == null) {
      fail(current, nowMs);
      return;
    }
    current.tries++;
    current.deadlineMs = nowMs + TopicLimits.ANSWER_MS;
    out.send(current.peer, TopicFrames.encode(topic, current.asked));
  }

  void onKeys(String peer, Keys keys, long nowMs) {
    Round current = awaited(peer, Round.Phase.KEYS, keys.request());
    if (current == null) {
      if (keys.request() == lastProbe && keys.held().isEmpty()) {
        onOffer(peer, new Offer(keys.start(), keys.end()), nowMs);
      }
      return;
    }
    long from = cursors.of(peer).next();
    boolean startsOver = keys.start() < from;
    if (!isSound(keys) || (startsOver && current.startedOver)) {
      log.counters().badFrames.increment();
      fail(current, nowMs);
      return;
    }
    current.startedOver |= startsOver;
    current.page(keys, log);
    if (current.wanted.isEmpty() || !current.isLastPage() || out.graceMs() == 0) {
      fetch(current, nowMs);
    } else {
      current.phase = Round.Phase.GRACE;
      current.deadlineMs = nowMs + out.graceMs();
    }
  }

  private static boolean isSound(Keys keys) {
    int count = keys.held().size();
    boolean moves = count > 0 || keys.start() == keys.end();
    return count <= TopicLimits.PAGE_KEYS
        && moves
        && keys.start() >= 0
        && keys.end() >= keys.next()
        && keys.next() >= keys.start();
  }

  /** Asks for what is still wanted of the page, or goes on behind it. */
  private void fetch(Round current, long nowMs) {
    List<Wanted> next = current.nextWanted();
    if (next.isEmpty()) {
      pageDone(current, nowMs);
      return;
    }
    current.phase = Round.Phase.MESSAGES;
    List<Long> seqs = next.stream().map(Wanted::seq).toList();
    ask(current, new Fetch(++lastRequest, seqs), nowMs);
  }

  private void pageDone(Round current, long nowMs) {
    cursors.set(current.peer, current.behindPage());
    Source source = sources.get(current.peer);
    if (source != null) {
      source.failures = 0;
      source.isDoubtful = false;
    }
    if (current.isLastPage() || current.isOver(nowMs)) {
      round = null;
      askNext(nowMs);
    } else {
      list(current, nowMs);
    }
  }

  void onMessages(String peer, Messages messages, long nowMs) {
    Round current = awaited(peer, Round.Phase.MESSAGES, messages.request());
    if (current == null) {
      return;
    }
    List<Wanted> asked = current.nextWanted();
    if (messages.done() < 1
        || messages.done() > asked.size()
        || messages.given().size() > messages.done()) {
      log.counters().badFrames.increment();
      fail(current, nowMs);
      return;
    }
    List<Wanted> answered = asked.subList(0, messages.done());
    if (take(current, answered, messages.given(), nowMs)) {
      log.counters().unavailable.add(messages.done() - messages.given().size());
      answered.forEach(message -> current.wanted.removeFirst());
      fetch(current, nowMs);
    }
  }

  /** Appends what was given; answers whether all of it was what was wanted. */
  private boolean take(Round current, List<Wanted> answered, List<Given> given, long nowMs) {
    Map<Long, TopicKey> wanted = new HashMap<>();
    answered.forEach(message -> wanted.put(message.seq(), message.key()));
    for (Given message : given) {
      TopicRecord record = codec.accept(current.peer, message.body(), message.heardMs());
      if (record == null || !record.key().equals(wanted.get(message.seq()))) {
        log.counters().refused.increment();
        fail(current, nowMs);
        holdOff(current.peer, nowMs, TopicLimits.FORGER_HOLD_OFF_MS);
        return false;
      }
      try {
        log.append(record).ifPresent(seq -> log.counters().fetched.increment());
      } catch (RedexException e) {
        fail(current, nowMs);
        return false;
      }
    }
    return true;
  }

  /** The round that waits for just this answer; {@code null} if there is none. */
  private @Nullable Round awaited(String peer, Round.Phase phase, int request) {
    Round current = round;
    boolean isAwaited =
        current != null
            && current.peer.equals(peer)
            && current.phase == phase
            && current.request == request;
    return isAwaited ? current : null;
  }

  /** The round ends without the page; what of it came is kept, the rest is asked for some day. */
  private void fail(Round current, long nowMs) {
    round = null;
    Source source = sources.get(current.peer);
    if (source != null) {
      int doublings = Math.min(source.failures++, MAX_DOUBLINGS);
      long waitMs = TopicLimits.HOLD_OFF_MS << doublings;
      holdOff(current.peer, nowMs, Math.min(waitMs, TopicLimits.LONG_HOLD_OFF_MS));
    }
    askNext(nowMs);
  }

  private void holdOff(String peer, long nowMs, long forMs) {
    Source source = sources.get(peer);
    if (source != null) {
      source.heldOffUntilMs = nowMs + forMs;
    }
  }
}
