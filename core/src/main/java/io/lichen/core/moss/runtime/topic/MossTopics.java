// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.topic;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.runtime.channel.ChannelRoute;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.runtime.peer.PeerTable;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.core.topic.DurableTopic;
import io.lichen.core.topic.TopicOptions;
import io.lichen.core.topic.engine.KeptTopic;
import io.lichen.core.topic.engine.TopicPeers;
import io.lichen.core.topic.engine.TopicWorker;
import io.lichen.core.work.FaultGuard;
import io.lichen.core.work.LogLimiter;
import io.lichen.redex.RedexFile;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** The durable topics of a node, and the way of their frames over its sessions. */
public final class MossTopics implements TopicPeers {
  /** What an envelope is longer than the base64 in it. */
  private static final int ENVELOPE_BYTES = 64;

  /** A peer for which so much waits gets no answers. */
  private static final long CONGESTED_BYTES = 1 << 20;

  private static final long LOG_INTERVAL_NS = 1_000_000_000L;

  private final PeerTable peers;
  private final LongSupplier clockNs;
  private final TopicWorker worker;
  private volatile Map<String, PeerLink> links = Map.of();

  /** Makes one without topics; they are worked on by tasks of the executor. */
  public MossTopics(PeerTable peers, Executor executor, LongSupplier clockNs, FaultGuard faults) {
    this.peers = peers;
    this.clockNs = clockNs;
    this.worker = new TopicWorker(executor, this, clockNs, RandomGenerator.getDefault(), faults);
  }

  /**
   * Keeps a channel.
   *
   * @param maxPayloadBytes the largest payload on the wire
   * @throws MossException {@link MossError#CONFIG_INVALID} if it is kept already
   */
  public DurableTopic keep(
      ChannelRoute route, RedexFile file, TopicOptions options, int maxPayloadBytes) {
    MossTopicCodec codec = new MossTopicCodec(route.topic(), route.room().room(), maxPayloadBytes);
    KeptTopic kept;
    try {
      kept = worker.bind(route.topic(), file, options, codec, () -> route.keeper(null));
    } catch (IllegalStateException e) {
      throw new MossException(
          MossError.CONFIG_INVALID, "channel '" + route.channel() + "' is kept already", e);
    }
    route.keeper(
        new TopicKeeper(route.channel(), kept, codec, new LogLimiter(LOG_INTERVAL_NS, clockNs)));
    return kept;
  }

  /** A peer has sent a frame; any thread. */
  public void onFrame(PeerLink from, byte[] frame) {
    worker.onFrame(from.peer().hex(), from, frame);
  }

  /** Lets topics do what is due; the node's loop only. */
  public void tick() {
    if (worker.isIdle()) {
      return;
    }
    Map<String, PeerLink> now = new HashMap<>();
    peers.all().forEach(link -> now.put(link.peer().hex(), link));
    links = now;
    worker.tick(now);
  }

  /** Keeps nothing any more. */
  public void close() {
    worker.close();
  }

  /** Frames that found no room, or were too many. */
  public LongAdder droppedFrames() {
    return worker.dropped();
  }

  @Override
  public int maxFrameBytes(String peer) {
    PeerLink link = links.get(peer);
    return link == null ? 0 : (link.session().maxPayloadBytes() - ENVELOPE_BYTES) / 4 * 3;
  }

  @Override
  public boolean send(String peer, byte[] frame) {
    PeerLink link = links.get(peer);
    if (link == null || link.session().pendingBytes() >= CONGESTED_BYTES) {
      return false;
    }
    link.control(
        EnvelopeCodec.encode(Envelope.of(EnvelopeType.LICHEN_TOPIC).payload(frame).build()));
    return true;
  }
}
