// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.topic;

import io.lichen.core.net.NetError;
import io.lichen.core.net.NetEvent;
import io.lichen.core.net.NetException;
import io.lichen.core.net.NetNode;
import io.lichen.core.net.PeerEvent;
import io.lichen.core.net.Subprotocol;
import io.lichen.core.net.SubprotocolLink;
import io.lichen.core.topic.TopicOptions;
import io.lichen.core.topic.engine.TopicWorker;
import io.lichen.core.work.FaultGuard;
import io.lichen.redex.RedexFile;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

/**
 * The durable channels of a Net node: their logs, and the way of their frames over its sessions, on
 * a subprotocol that natives ignore. Made once for a node. Thread-safe.
 */
public final class NetTopics implements AutoCloseable {
  /** The subprotocol of the frames. */
  public static final int SUBPROTOCOL = 0x4C54;

  private final NetNode node;
  private final NetTopicPeers peers;
  private final TopicWorker worker;
  private final Map<String, KeptNetTopic> topics = new ConcurrentHashMap<>();
  private final ExecutorService executor =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("lichen-topics-", 0).factory());
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
  private final SubprotocolLink link;

  private NetTopics(NetNode node) {
    this.node = node;
    this.peers = new NetTopicPeers(node, topics);
    this.worker =
        new TopicWorker(
            executor,
            peers,
            System::nanoTime,
            RandomGenerator.getDefault(),
            new FaultGuard(new LongAdder()));
    this.link = node.register(new Frames());
    peers.link(link);
    node.peerEvents().subscribe(new Each<PeerEvent>(peers::onEvent));
    node.events().subscribe(new Each<NetEvent>(this::onEvent));
    var unused =
        ticker.scheduleWithFixedDelay(this::tick, 0, TopicWorker.TICK_NS, TimeUnit.NANOSECONDS);
  }

  /**
   * Lets a node keep channels.
   *
   * @throws NetException {@link NetError#INVALID_ARGUMENT} if it does already
   */
  public static NetTopics on(NetNode node) {
    return new NetTopics(node);
  }

  /**
   * Keeps a channel: each event once, whether it was published here or by somebody who is followed
   * ({@link NetTopic}). Who may follow this node is who may subscribe.
   *
   * @param log nobody else appends to it; whoever opened it closes it, after this
   * @throws NetException {@link NetError#INVALID_ARGUMENT} if the channel is kept already
   * @throws io.lichen.redex.RedexException if the log cannot be read
   */
  public synchronized NetTopic keep(String channel, RedexFile log, TopicOptions options) {
    if (topics.containsKey(channel)) {
      throw new NetException(NetError.INVALID_ARGUMENT, channel + " is kept already");
    }
    NetTopicCodec codec = new NetTopicCodec(channel, node.nodeId());
    KeptNetTopic topic =
        new KeptNetTopic(
            node,
            channel,
            codec,
            peers,
            worker.bind(channel, log, options, codec, () -> topics.remove(channel)),
            peer -> worker.probe(channel, peer));
    topics.put(channel, topic);
    return topic;
  }

  private void onEvent(NetEvent event) {
    String channel = event.channel();
    KeptNetTopic topic = channel == null ? null : topics.get(channel);
    if (topic != null) {
      topic.onEvent(event);
    }
  }

  private void tick() {
    peers.refresh();
    worker.tick(peers.sessions());
  }

  /** Ends all topics of the node; their logs stay open. Idempotent. */
  @Override
  public void close() {
    ticker.shutdownNow();
    link.close();
    worker.close();
    executor.shutdown();
  }

  private final class Frames implements Subprotocol {
    @Override
    public int id() {
      return SUBPROTOCOL;
    }

    @Override
    public void onMessage(long peerNodeId, ByteBuffer message) {
      byte[] frame = new byte[message.remaining()];
      message.get(frame);
      String peer = NetTopicPeers.name(peerNodeId);
      worker.onFrame(peer, peers.session(peer), frame);
    }
  }
}
