// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.overlay;

import io.lichen.crypto.PeerId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/**
 * One search for the providers of a topic: whom to ask next, and when it is over. It goes on until
 * two nodes have named providers, for one alone might name its friends; or everybody worth asking
 * was asked; or time is up. Not thread-safe.
 */
final class Lookup {
  /** Questions under way at the same time. */
  static final int PARALLEL = 3;

  /** Questions in all: the natives' three in each of eight rounds. */
  static final int MAX_QUESTIONS = 24;

  /** Sources that end the search. */
  private static final int ENOUGH_SOURCES = 2;

  private final String topic;
  private final Queue<PeerId> toAsk;
  private final long deadlineNs;
  private final Set<OverlayKey> found = new HashSet<>();
  private int underWay;
  private int sources;

  /**
   * Begins a search.
   *
   * @param candidates whom to ask, the most promising first
   */
  Lookup(String topic, List<PeerId> candidates, long deadlineNs) {
    this.topic = topic;
    this.toAsk =
        new ArrayDeque<>(candidates.subList(0, Math.min(MAX_QUESTIONS, candidates.size())));
    this.deadlineNs = deadlineNs;
  }

  /** What is searched for. */
  String topic() {
    return topic;
  }

  /** Whom to ask now; they count as asked. */
  List<PeerId> next(Collection<PeerId> connected, long nowNs) {
    List<PeerId> next = new ArrayList<>();
    while (underWay < PARALLEL && mayAsk(nowNs)) {
      PeerId peer = toAsk.remove();
      if (connected.contains(peer)) {
        next.add(peer);
        underWay++;
      }
    }
    return next;
  }

  /** A question was answered, or will not be. */
  void ended() {
    underWay--;
  }

  /** The answer named providers: those that no other answer has named yet. */
  List<ProviderStore.Provider> fresh(List<ProviderStore.Provider> providers) {
    sources++;
    return providers.stream().filter(provider -> found.add(provider.provider())).toList();
  }

  /** Whether nothing is asked any more and no answer is awaited. */
  boolean isOver(long nowNs) {
    return underWay == 0 && !mayAsk(nowNs);
  }

  private boolean mayAsk(long nowNs) {
    return !toAsk.isEmpty() && sources < ENOUGH_SOURCES && deadlineNs - nowNs > 0;
  }
}
