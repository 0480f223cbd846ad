// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.topic;

import io.lichen.core.net.NetError;
import io.lichen.core.net.NetEvent;
import io.lichen.core.net.NetException;
import io.lichen.core.net.NetNode;
import io.lichen.core.net.PublishReport;
import io.lichen.core.topic.TopicReader;
import io.lichen.core.topic.TopicStats;
import io.lichen.core.topic.engine.KeptTopic;
import io.lichen.redex.RedexException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A channel that a Net node keeps. What it knows of peers it knows while they are connected. */
final class KeptNetTopic implements NetTopic {
  private static final Logger LOG = LoggerFactory.getLogger(KeptNetTopic.class);
  private static final int PROBES = 10;
  private static final long PROBE_NS = 300_000_000L;
  private static final long US_PER_MS = 1_000;

  /** What a frame needs besides the channel's name and one event. */
  private static final int FRAME_BYTES = 64;

  /** What is kept of somebody who is followed. */
  private enum Way {
    /** What is in the log of the peer. */
    LOG,
    /** What the peer sends, since it has no log. */
    EVENTS
  }

  private final NetNode node;
  private final String channel;
  private final NetTopicCodec codec;
  private final NetTopicPeers peers;
  private final KeptTopic kept;
  private final Consumer<String> probe;
  private final AtomicLong lastNumber = new AtomicLong();
  private final Set<String> keepers = ConcurrentHashMap.newKeySet();
  private final Map<String, Way> ways = new ConcurrentHashMap<>();

  KeptNetTopic(
      NetNode node,
      String channel,
      NetTopicCodec codec,
      NetTopicPeers peers,
      KeptTopic kept,
      Consumer<String> probe) {
    this.node = node;
    this.channel = channel;
    this.codec = codec;
    this.peers = peers;
    this.kept = kept;
    this.probe = probe;
  }

  @Override
  public PublishReport publish(byte[] event) {
    if (event.length > maxEventBytes()) {
      throw new NetException(
          NetError.INVALID_ARGUMENT,
          event.length + " bytes are too many: " + maxEventBytes() + " are the most that is kept");
    }
    long nowMs = System.currentTimeMillis();
    long number = lastNumber.updateAndGet(last -> Math.max(last + 1, US_PER_MS * nowMs));
    kept.topicLog().append(codec.own(number, event.clone(), nowMs));
    return node.channels().publish(channel, event);
  }

  @Override
  public int maxEventBytes() {
    return NetTopicPeers.MAX_FRAME_BYTES - FRAME_BYTES - channel.length();
  }

  @Override
  public boolean follow(long publisher, byte @Nullable [] token) {
    String peer = NetTopicPeers.name(publisher);
    boolean keeps = doesKeep(peer);
    ways.put(peer, keeps ? Way.LOG : Way.EVENTS);
    try {
      node.channels().subscribe(publisher, channel, token, null);
    } catch (NetException e) {
      ways.remove(peer);
      throw e;
    }
    // What was made of the peer while it did not answer is forgotten, and it says how far it is.
    peers.renew(peer);
    probe.accept(peer);
    return keeps;
  }

  private boolean doesKeep(String peer) {
    keepers.remove(peer);
    for (int i = 0; i < PROBES && !keepers.contains(peer); i++) {
      probe.accept(peer);
      awaitKeeper(peer);
    }
    return keepers.contains(peer);
  }

  /** As all calls of a node that wait for the network, this one goes on when interrupted. */
  private void awaitKeeper(String peer) {
    boolean wasInterrupted = false;
    long endNs = System.nanoTime() + PROBE_NS;
    synchronized (keepers) {
      long leftNs = PROBE_NS;
      while (leftNs > 0 && !keepers.contains(peer)) {
        try {
          TimeUnit.NANOSECONDS.timedWait(keepers, leftNs);
        } catch (InterruptedException e) {
          wasInterrupted = true;
        }
        leftNs = endNs - System.nanoTime();
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A peer has shown that it keeps the channel. */
  void keeps(String peer) {
    synchronized (keepers) {
      keepers.add(peer);
      keepers.notifyAll();
    }
  }

  /** Forgets the peers that are not connected any more. */
  void forget(Predicate<String> isGone) {
    keepers.removeIf(isGone);
    ways.keySet().removeIf(isGone);
  }

  /** Whether it is a peer's log that is followed. */
  boolean follows(String peer) {
    return ways.get(peer) == Way.LOG;
  }

  /** An event has come on the channel; it is kept here if its publisher's log has it not. */
  void onEvent(NetEvent event) {
    if (ways.get(NetTopicPeers.name(event.peer())) != Way.EVENTS) {
      return;
    }
    try {
      kept.topicLog()
          .appendUnnamed(
              NetTopicCodec.delivered(
                  event.peer(), event.sequence(), event.data(), System.currentTimeMillis()));
    } catch (RedexException e) {
      LOG.warn("The log of channel {} cannot take an event: {}", channel, e.getMessage());
    }
  }

  @Override
  public TopicReader readFrom(long offset) {
    return kept.readFrom(offset);
  }

  @Override
  public TopicReader readSince(Instant time) {
    return kept.readSince(time);
  }

  @Override
  public TopicReader readLive() {
    return kept.readLive();
  }

  @Override
  public TopicStats stats() {
    return kept.stats();
  }

  @Override
  public void close() {
    kept.close();
  }
}
