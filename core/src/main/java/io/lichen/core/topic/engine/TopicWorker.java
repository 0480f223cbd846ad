// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.topic.engine;

import io.lichen.core.topic.TopicOptions;
import io.lichen.core.work.BoundedQueue;
import io.lichen.core.work.FaultGuard;
import io.lichen.core.work.SerialRunner;
import io.lichen.redex.RedexException;
import io.lichen.redex.RedexFile;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives the topics of a node on a worker of their own, off the network threads: logs are read and
 * written there. Thread-safe. At most 1024 frames, 4 MiB, wait; further ones are dropped, and what
 * they asked for is asked again.
 */
public final class TopicWorker {
  /** How often {@link #tick} wants to be called, in nanoseconds. */
  public static final long TICK_NS = 1_000_000 * TopicSync.TICK_MS;

  private static final Logger LOG = LoggerFactory.getLogger(TopicWorker.class);
  private static final int MAX_FRAMES = 1024;
  private static final long MAX_BYTES = 4L << 20;
  private static final long NS_PER_MS = 1_000_000;

  private record Incoming(String peer, Object session, byte[] frame) {}

  private final TopicPeers out;
  private final LongSupplier clockNs;
  private final RandomGenerator random;
  private final FaultGuard faults;
  private final SerialRunner runner;
  // Whoever holds it is the worker: the runner, or a caller that binds or unbinds.
  private final ReentrantLock work = new ReentrantLock();
  private final Map<String, KeptTopic> topics = new ConcurrentHashMap<>();
  private final LongAdder dropped = new LongAdder();
  private final BoundedQueue<Incoming> frames =
      new BoundedQueue<>(MAX_FRAMES, MAX_BYTES, incoming -> incoming.frame().length);
  private ArrayDeque<Incoming> spare = new ArrayDeque<>();
  // Who is connected, until the worker has looked at it: what it says of sessions grows old.
  private final AtomicReference<@Nullable Map<String, ?>> connected = new AtomicReference<>();

  /**
   * Makes one without topics, which does nothing.
   *
   * @param executor runs the worker, one task at a time
   */
  public TopicWorker(
      Executor executor,
      TopicPeers out,
      LongSupplier clockNs,
      RandomGenerator random,
      FaultGuard faults) {
    this.faults = faults;
    this.out = out;
    this.clockNs = clockNs;
    this.random = random;
    this.runner = new SerialRunner(executor, this::run);
  }

  /**
   * Keeps a topic.
   *
   * @param topic the wire's name of the channel
   * @param file its log, which nobody else writes; stays open when the topic is closed
   * @param onClose is told when the topic is closed, once
   * @throws IllegalStateException if the topic is kept already
   */
  public KeptTopic bind(
      String topic, RedexFile file, TopicOptions options, TopicCodec codec, Runnable onClose) {
    TopicLog log =
        new TopicLog(file, options.maxKeys(), System::currentTimeMillis, new TopicCounters());
    KeptTopic kept =
        new KeptTopic(
            topic,
            log,
            options.cursorFile(),
            codec,
            out,
            random,
            () -> {
              if (unbind(topic)) {
                onClose.run();
              }
            });
    if (topics.putIfAbsent(topic, kept) != null) {
      throw new IllegalStateException("channel is kept already");
    }
    return kept;
  }

  private boolean unbind(String topic) {
    KeptTopic kept = topics.remove(topic);
    if (kept != null) {
      work.lock();
      try {
        kept.save();
      } finally {
        work.unlock();
      }
    }
    return kept != null;
  }

  /** Whether there is anything to do at all. */
  public boolean isIdle() {
    return topics.isEmpty();
  }

  /**
   * A peer has sent a frame.
   *
   * @param session something that is another when the peer's session is another
   * @param frame the receiver's own
   */
  public void onFrame(String peer, Object session, byte[] frame) {
    if (topics.isEmpty()) {
      return;
    }
    if (frames.isFull()) {
      dropped.increment();
      return;
    }
    frames.add(new Incoming(peer, session, frame));
    runner.request();
  }

  /** Asks a peer whether it keeps a topic; {@link TopicPeers#keeps} is told if it does. */
  public void probe(String topic, String peer) {
    KeptTopic kept = topics.get(topic);
    if (kept != null) {
      work.lock();
      try {
        kept.probe(peer);
      } finally {
        work.unlock();
      }
    }
  }

  /** Lets the worker do what is due, with the peers that are connected now. */
  public void tick(Map<String, ?> nowConnected) {
    if (!topics.isEmpty()) {
      connected.set(nowConnected);
      runner.request();
    }
  }

  /** Closes all topics, which then keep nothing more. */
  public void close() {
    topics.values().forEach(KeptTopic::close);
  }

  /** Frames that found no room. */
  public LongAdder dropped() {
    return dropped;
  }

  private void run() {
    work.lock();
    try {
      ArrayDeque<Incoming> taken = frames.takeAll(spare);
      taken.forEach(this::dispatch);
      taken.clear();
      spare = taken;
      Map<String, ?> now = connected.getAndSet(null);
      if (now != null) {
        topics.values().forEach(topic -> guard(() -> topic.tick(now, nowMs())));
      }
    } finally {
      work.unlock();
    }
  }

  private void dispatch(Incoming incoming) {
    frames.consumed(incoming);
    TopicFrames.Addressed addressed = TopicFrames.decode(incoming.frame());
    KeptTopic topic = addressed == null ? null : topics.get(addressed.topic());
    if (addressed != null && topic != null) {
      TopicFrame frame = addressed.frame();
      guard(() -> topic.onFrame(incoming.peer(), incoming.session(), frame, nowMs()));
    }
  }

  private void guard(Runnable step) {
    try {
      step.run();
    } catch (RedexException e) {
      LOG.debug("The log of a topic cannot be read", e);
    } catch (RuntimeException e) {
      faults.report(e);
    }
  }

  private long nowMs() {
    return clockNs.getAsLong() / NS_PER_MS;
  }
}
