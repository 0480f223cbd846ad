// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.topic.engine;

import io.lichen.core.topic.engine.TopicFrame.Fetch;
import io.lichen.core.topic.engine.TopicFrame.Keys;
import io.lichen.core.topic.engine.TopicFrame.Listing;
import io.lichen.core.topic.engine.TopicFrame.Messages;
import io.lichen.core.topic.engine.TopicFrame.Offer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Keeps the log of one topic and those of peers alike: what one has, all get in time. Without
 * sockets, threads and clocks: whoever drives it brings frames and the time, in any unit of
 * milliseconds that does not go back. Not thread-safe.
 */
final class TopicSync {
  /** How often {@link #tick} wants to be called. */
  static final long TICK_MS = 200;

  private final TopicAnswerer answerer;
  private final TopicAsker asker;
  private final Map<String, Object> sessions = new HashMap<>();

  /**
   * Makes one without peers.
   *
   * @param topic the wire's name of the channel
   */
  TopicSync(
      String topic,
      TopicLog log,
      TopicCodec codec,
      TopicPeers out,
      Cursors cursors,
      RandomGenerator random) {
    this.answerer = new TopicAnswerer(topic, log, codec, out);
    this.asker = new TopicAsker(topic, log, codec, out, cursors, random.nextInt());
  }

  /**
   * Takes note of who is connected now, and does what is due.
   *
   * @param connected the peers, with something that is another when the session is another
   */
  void tick(Map<String, ?> connected, long nowMs) {
    Set.copyOf(sessions.keySet()).stream()
        .filter(peer -> !connected.containsKey(peer))
        .forEach(this::left);
    connected.forEach((peer, session) -> joined(peer, session, nowMs));
    answerer.tick(nowMs);
    asker.tick(nowMs);
  }

  private void joined(String peer, Object session, long nowMs) {
    if (sessions.get(peer) != session) {
      left(peer);
      sessions.put(peer, session);
      asker.joined(peer);
      answerer.joined(peer, nowMs);
    }
  }

  private void left(String peer) {
    if (sessions.remove(peer) != null) {
      asker.left(peer);
      answerer.left(peer);
    }
  }

  /** Asks a peer whether it keeps the topic; whatever it answers shows that it does. */
  void probe(String peer) {
    asker.probe(peer);
  }

  /** A peer has sent a frame; if it was not known to be connected, it is now. */
  void onFrame(String peer, Object session, TopicFrame frame, long nowMs) {
    joined(peer, session, nowMs);
    answerer.speaks(peer, nowMs);
    switch (frame) {
      case Offer offer -> asker.onOffer(peer, offer, nowMs);
      case Listing listing -> answerer.onListing(peer, listing, nowMs);
      case Keys keys -> asker.onKeys(peer, keys, nowMs);
      case Fetch fetch -> answerer.onFetch(peer, fetch, nowMs);
      case Messages messages -> asker.onMessages(peer, messages, nowMs);
    }
  }
}
