// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.topic.engine;

import io.lichen.core.topic.engine.TopicFrame.Fetch;
import io.lichen.core.topic.engine.TopicFrame.Given;
import io.lichen.core.topic.engine.TopicFrame.Keys;
import io.lichen.core.topic.engine.TopicFrame.Listing;
import io.lichen.core.topic.engine.TopicFrame.Messages;
import io.lichen.core.topic.engine.TopicFrame.Offer;
import io.lichen.core.topic.engine.TopicRecord.Held;
import io.lichen.core.work.TokenBucket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets peers have what the log has: says how far it goes, and answers what they ask, each peer so
 * often. Keeps nothing of a request. Not thread-safe.
 */
final class TopicAnswerer {
  private static final long NS_PER_MS = 1_000_000;

  private static final class Listener {
    final TokenBucket answers;
    boolean speaks;
    long toldNext = -1;
    long toldAtMs;

    Listener(long nowMs) {
      answers = new TokenBucket(TopicLimits.ANSWERS, TopicLimits.ANSWERS, nowMs * NS_PER_MS);
    }
  }

  private final String topic;
  private final TopicLog log;
  private final TopicCodec codec;
  private final TopicPeers out;
  private final Map<String, Listener> listeners = new HashMap<>();

  TopicAnswerer(String topic, TopicLog log, TopicCodec codec, TopicPeers out) {
    this.topic = topic;
    this.log = log;
    this.codec = codec;
    this.out = out;
  }

  void joined(String peer, long nowMs) {
    Listener listener = new Listener(nowMs);
    listeners.put(peer, listener);
    tell(peer, listener, nowMs);
  }

  void left(String peer) {
    listeners.remove(peer);
  }

  /** A peer has the topic, too: it is told at once how things are here. */
  void speaks(String peer, long nowMs) {
    Listener listener = listeners.get(peer);
    if (listener != null && !listener.speaks) {
      listener.speaks = true;
      tell(peer, listener, nowMs);
    }
  }

  /** Tells peers what they do not know yet, those that do not have the topic seldom. */
  void tick(long nowMs) {
    long next = log.nextSeq();
    listeners.forEach(
        (peer, listener) -> {
          long sinceMs = nowMs - listener.toldAtMs;
          boolean news = listener.speaks && next != listener.toldNext;
          if (sinceMs >= (news ? out.newsMs() : TopicLimits.OFFER_IDLE_MS)) {
            tell(peer, listener, nowMs);
          }
        });
  }

  private void tell(String peer, Listener listener, long nowMs) {
    long next = log.nextSeq();
    listener.toldAtMs = nowMs;
    if (send(peer, new Offer(log.firstSeq(), next))) {
      listener.toldNext = next;
    }
  }

  void onListing(String peer, Listing asked, long nowMs) {
    if (asked.most() == 0) {
      answer(peer, new Keys(asked.request(), log.firstSeq(), log.nextSeq(), List.of()));
      return;
    }
    int room = room(peer) / Held.BYTES;
    int most = Math.min(Math.min(asked.most(), TopicLimits.PAGE_KEYS), room);
    if (!mayAnswer(peer, nowMs) || most <= 0) {
      log.counters().throttled.increment();
      return;
    }
    long start = start(asked);
    List<Held> held = log.held(start, most);
    answer(peer, new Keys(asked.request(), start, Math.max(log.nextSeq(), start), held));
  }

  /** Where the peer wants to go on, if this is the log that it has seen; else the oldest record. */
  private long start(Listing asked) {
    long from = asked.from();
    long first = log.firstSeq();
    if (from < first || from > log.nextSeq()) {
      return first;
    }
    boolean unchecked = from == 0 || asked.check().equals(TopicKey.NONE);
    return unchecked || log.held(from - 1, 1).getFirst().key().equals(asked.check()) ? from : first;
  }

  void onFetch(String peer, Fetch asked, long nowMs) {
    if (!mayAnswer(peer, nowMs)) {
      log.counters().throttled.increment();
      return;
    }
    int room = room(peer);
    int budget = Math.min(room, TopicLimits.ANSWER_BYTES);
    int done = 0;
    List<Given> given = new ArrayList<>();
    int most = Math.min(asked.seqs().size(), TopicLimits.FETCH_MESSAGES);
    while (done < most) {
      Optional<Given> message = message(asked.seqs().get(done));
      int bytes = message.map(m -> Given.HEADER_BYTES + m.body().length).orElse(0);
      if (bytes > budget && !given.isEmpty()) {
        break;
      }
      // One that fits no frame at all is passed over.
      if (bytes > 0 && bytes <= room) {
        given.add(message.get());
        budget -= bytes;
      }
      done++;
    }
    answer(peer, new Messages(asked.request(), done, given));
  }

  private Optional<Given> message(long seq) {
    return log.read(seq)
        .flatMap(
            record ->
                Optional.ofNullable(codec.export(record))
                    .map(body -> new Given(seq, record.heardMs(), body)));
  }

  private boolean mayAnswer(String peer, long nowMs) {
    Listener listener = listeners.get(peer);
    return listener != null && out.mayHave(topic, peer) && listener.answers.take(nowMs * NS_PER_MS);
  }

  private int room(String peer) {
    return out.maxFrameBytes(peer) - TopicFrames.overheadBytes(topic);
  }

  private void answer(String peer, TopicFrame answer) {
    (send(peer, answer) ? log.counters().answered : log.counters().throttled).increment();
  }

  private boolean send(String peer, TopicFrame frame) {
    return out.send(peer, TopicFrames.encode(topic, frame));
  }
}
