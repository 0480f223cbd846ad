// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.overlay;

import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.crypto.PeerId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The searches under way and their questions; an answer counts only if it comes from whom was
 * asked. Not thread-safe.
 */
final class Searches {
  /** Searches under way at the same time. */
  static final int MAX_SEARCHES = 32;

  /** For how long one question may go unanswered. */
  static final long QUESTION_NS = 4_000_000_000L;

  /** For how long a search asks on. */
  static final long SEARCH_NS = 20_000_000_000L;

  private static final int REQUEST_ID_BYTES = 16;

  private record Question(Lookup lookup, PeerId peer, long deadlineNs) {}

  private final RandomGenerator random;
  private final OverlayHost host;
  private final Map<String, Lookup> byTopic = new LinkedHashMap<>();

  /** In the order in which they were asked, which is that of their deadlines. */
  private final Map<String, Question> questions = new LinkedHashMap<>();

  private long begun;
  private long asked;
  private long timeouts;
  private long found;

  Searches(RandomGenerator random, OverlayHost host) {
    this.random = random;
    this.host = host;
  }

  /**
   * Begins a search, unless there is one for this topic or there are too many.
   *
   * @param candidates whom to ask, the most promising first
   * @return whether it has begun
   */
  boolean begin(String topic, List<PeerId> candidates, long nowNs) {
    if (byTopic.size() >= MAX_SEARCHES || byTopic.containsKey(topic)) {
      return false;
    }
    Lookup lookup = new Lookup(topic, candidates, nowNs + SEARCH_NS);
    byTopic.put(topic, lookup);
    begun++;
    goOn(lookup, nowNs);
    return true;
  }

  /**
   * An answer has come.
   *
   * @return whether it was one to a question
   */
  boolean answered(
      PeerId from, String requestId, List<ProviderStore.Provider> providers, long nowNs) {
    Question question = questions.get(requestId);
    if (question == null || !question.peer().equals(from)) {
      return false;
    }
    questions.remove(requestId);
    Lookup lookup = question.lookup();
    lookup.ended();
    if (!providers.isEmpty()) {
      List<ProviderStore.Provider> fresh = lookup.fresh(providers);
      found += fresh.size();
      for (ProviderStore.Provider provider : fresh) {
        PeerId peer = PeerId.of(provider.provider().octets());
        host.found(lookup.topic(), from, peer, ReachabilityHint.of(provider.payload()));
      }
    }
    goOn(lookup, nowNs);
    return true;
  }

  /** Gives up on questions that were not answered in time. */
  void tick(long nowNs) {
    List<String> late = new ArrayList<>();
    for (Map.Entry<String, Question> entry : questions.entrySet()) {
      if (entry.getValue().deadlineNs() - nowNs > 0) {
        break;
      }
      late.add(entry.getKey());
    }
    for (String requestId : late) {
      Question question = questions.remove(requestId);
      timeouts++;
      question.lookup().ended();
    }
    for (Lookup lookup : List.copyOf(byTopic.values())) {
      goOn(lookup, nowNs);
    }
  }

  private void goOn(Lookup lookup, long nowNs) {
    Collection<PeerId> connected = host.connectedPeers();
    for (PeerId peer : lookup.next(connected, nowNs)) {
      ask(lookup, peer, nowNs);
    }
    if (lookup.isOver(nowNs)) {
      byTopic.remove(lookup.topic(), lookup);
    }
  }

  private void ask(Lookup lookup, PeerId peer, long nowNs) {
    byte[] id = new byte[REQUEST_ID_BYTES];
    random.nextBytes(id);
    String requestId = HexFormat.of().formatHex(id);
    questions.put(requestId, new Question(lookup, peer, nowNs + QUESTION_NS));
    asked++;
    host.send(
        peer,
        Envelope.of(EnvelopeType.OV_FIND_VALUE)
            .requestId(requestId)
            .overlayKey(OverlayKey.ofTopic(lookup.topic()).octets())
            .build());
  }

  /** Searches begun. */
  long begun() {
    return begun;
  }

  /** Questions sent. */
  long asked() {
    return asked;
  }

  /** Questions not answered in time. */
  long timeouts() {
    return timeouts;
  }

  /** Providers named, each once for a search. */
  long found() {
    return found;
  }
}
