// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.topic.engine;

import io.lichen.core.topic.DurableTopic;
import io.lichen.core.topic.TopicReader;
import io.lichen.core.topic.TopicStats;
import io.lichen.redex.RedexException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A topic of a node: its log, what brings it up to date, and where that keeps its place. What the
 * application sees is thread-safe; the rest belongs to the worker of {@link TopicWorker}.
 */
public final class KeptTopic implements DurableTopic {
  private static final Logger LOG = LoggerFactory.getLogger(KeptTopic.class);
  private static final long SAVE_MS = 10_000;
  private static final long NS_PER_SECOND = 1_000_000_000L;

  private final String topic;
  private final TopicLog log;
  private final TopicPeers out;
  private final TopicSync sync;
  private final Cursors cursors = new Cursors();
  private final @Nullable CursorFile cursorFile;
  private final Runnable onClose;
  private long savedAtMs;
  private boolean unsaved;

  KeptTopic(
      String topic,
      TopicLog log,
      @Nullable Path cursorFile,
      TopicCodec codec,
      TopicPeers out,
      RandomGenerator random,
      Runnable onClose) {
    this.topic = topic;
    this.log = log;
    this.out = out;
    this.cursorFile = cursorFile == null ? null : new CursorFile(cursorFile);
    this.sync = new TopicSync(topic, log, codec, out, cursors, random);
    this.onClose = onClose;
    load();
  }

  private void load() {
    if (cursorFile != null) {
      try {
        cursors.load(cursorFile.load(log));
      } catch (IOException e) {
        LOG.warn("Topic {}: looks through the logs of its peers anew: {}", topic, e.toString());
      }
    }
  }

  /** The log, where delivered messages are appended; any thread. */
  public TopicLog topicLog() {
    return log;
  }

  void probe(String peer) {
    sync.probe(peer);
  }

  void onFrame(String peer, Object session, TopicFrame frame, long nowMs) {
    out.keeps(topic, peer);
    sync.onFrame(peer, session, frame, nowMs);
  }

  void tick(Map<String, ?> connected, long nowMs) {
    sync.tick(connected, nowMs);
    unsaved |= cursors.takeChanged();
    if (unsaved && nowMs - savedAtMs >= SAVE_MS) {
      savedAtMs = nowMs;
      save();
    }
  }

  /** Keeps the places in the logs of peers. */
  void save() {
    unsaved |= cursors.takeChanged();
    if (cursorFile == null || !unsaved) {
      return;
    }
    try {
      cursorFile.save(cursors, log);
      unsaved = false;
    } catch (IOException | RedexException e) {
      LOG.warn("Topic {}: will look through the logs of its peers anew: {}", topic, e.toString());
    }
  }

  @Override
  public TopicReader readFrom(long offset) {
    return new LogReader(log.file().tail(offset));
  }

  @Override
  public TopicReader readSince(Instant time) {
    long unixNs = time.getEpochSecond() * NS_PER_SECOND + time.getNano();
    return readFrom(LogReader.firstSince(log.file(), unixNs));
  }

  @Override
  public TopicReader readLive() {
    return readFrom(log.file().nextSeq());
  }

  @Override
  public TopicStats stats() {
    TopicCounters counters = log.counters();
    return new TopicStats(
        counters.appended.sum(),
        counters.fetched.sum(),
        counters.duplicates.sum(),
        counters.failures.sum(),
        counters.refused.sum(),
        counters.tooOld.sum(),
        counters.unavailable.sum(),
        counters.answered.sum(),
        counters.throttled.sum(),
        counters.timeouts.sum(),
        counters.badFrames.sum());
  }

  @Override
  public void close() {
    onClose.run();
  }
}
