// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.topic.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lichen.core.topic.engine.Cursors.Cursor;
import io.lichen.redex.Redex;
import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexFile;
import io.lichen.redex.RedexRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/**
 * Some nodes that keep one topic: messages reach some of the others, twice or late or never; frames
 * get lost, doubled and out of order; nodes go and come back with their log and an old idea of the
 * logs of others, or none.
 */
final class TopicSimulation implements AutoCloseable {
  private static final String TOPIC = "t";
  private static final long BUSY_MS = 60_000;
  private static final long PATIENCE_MS = 4 * 3_600_000L;
  private static final int MESSAGES = 200;

  private record Event(long atMs, long order, Runnable action) {}

  private final Random random;
  private final Redex redex = Redex.inMemory();
  private final List<Node> nodes = new ArrayList<>();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::atMs).thenComparingLong(Event::order));
  private final Set<String> published = new HashSet<>();
  private final int lossPercent;
  private final int frameBytes;
  private long nowMs;
  private long order;

  TopicSimulation(long seed) {
    random = new Random(seed);
    lossPercent = random.nextInt(40);
    frameBytes = 300 + random.nextInt(random.nextBoolean() ? 1_000 : 48_000);
    int count = 2 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      nodes.add(new Node("n" + i));
    }
  }

  /** A node with its log; what is not its log it forgets when it goes. */
  private final class Node implements TopicPeers {
    final String name;
    final RedexFile file;
    final long skewMs = random.nextInt(20_000);
    Map<String, Cursor> savedCursors = Map.of();
    Cursors cursors = new Cursors();
    TopicLog log;
    TopicSync sync;
    Object session = new Object();
    boolean isUp = true;

    Node(String name) {
      this.name = name;
      file = redex.open(name, RedexConfig.inMemory());
      log = openLog();
      sync = openSync();
    }

    private TopicLog openLog() {
      return new TopicLog(file, 100_000, () -> nowMs + skewMs, new TopicCounters());
    }

    private TopicSync openSync() {
      return new TopicSync(TOPIC, log, TestRecords.CODEC, this, cursors, random);
    }

    void comeBack() {
      isUp = true;
      session = new Object();
      cursors = new Cursors();
      cursors.load(random.nextBoolean() ? savedCursors : null);
      log = openLog();
      sync = openSync();
    }

    void tick() {
      if (isUp) {
        Map<String, Object> connected = new HashMap<>();
        nodes.stream()
            .filter(other -> other != this && other.isUp)
            .forEach(other -> connected.put(other.name, other.session));
        sync.tick(connected, nowMs);
        if (random.nextInt(20) == 0) {
          savedCursors = cursors.all();
        }
      }
      after(TopicSync.TICK_MS, this::tick);
    }

    @Override
    public int maxFrameBytes(String peer) {
      return frameBytes;
    }

    @Override
    public boolean send(String peer, byte[] frame) {
      Node to = nodes.stream().filter(n -> n.name.equals(peer)).findFirst().orElseThrow();
      Object session = to.session;
      Object mySession = this.session;
      int copies = random.nextInt(100) < lossPercent ? 0 : 1 + (random.nextInt(20) == 0 ? 1 : 0);
      for (int i = 0; i < copies; i++) {
        after(
            1 + random.nextInt(random.nextInt(10) == 0 ? 3_000 : 100),
            () -> {
              if (to.isUp && to.session == session) {
                to.sync.onFrame(
                    name,
                    mySession,
                    Objects.requireNonNull(TopicFrames.decode(frame)).frame(),
                    nowMs);
              }
            });
      }
      return true;
    }
  }

  private void after(long delayMs, Runnable action) {
    events.add(new Event(nowMs + delayMs, order++, action));
  }

  private void publish(int number) {
    Node publisher = nodes.get(random.nextInt(nodes.size()));
    if (!publisher.isUp) {
      return;
    }
    String text = "message " + number;
    published.add(text);
    publisher.log.append(TestRecords.of(text, nowMs + publisher.skewMs));
    for (Node node : nodes) {
      for (int copies = random.nextInt(3); copies > 0; copies--) {
        after(random.nextInt(2_000), () -> deliver(node, text));
      }
    }
  }

  private void deliver(Node node, String text) {
    if (node.isUp) {
      node.log.append(TestRecords.of(text, nowMs + node.skewMs));
    }
  }

  private void plan() {
    nodes.forEach(node -> after(random.nextInt(200), node::tick));
    for (int i = 0; i < MESSAGES; i++) {
      int number = i;
      after(random.nextLong(BUSY_MS), () -> publish(number));
    }
    for (Node node : nodes) {
      for (int restarts = random.nextInt(4); restarts > 0; restarts--) {
        long goesMs = random.nextLong(BUSY_MS);
        after(goesMs, () -> node.isUp = false);
        after(goesMs + random.nextLong(20_000), node::comeBack);
      }
    }
  }

  /** Lets everything happen, and then time go by until all have everything. */
  void run() {
    plan();
    long checkedMs = BUSY_MS + 20_000;
    while (nowMs < PATIENCE_MS) {
      Event event = events.remove();
      nowMs = event.atMs();
      event.action().run();
      if (nowMs - checkedMs > 1_000) {
        checkedMs = nowMs;
        if (nodes.stream().allMatch(node -> node.file.size() >= published.size())) {
          return;
        }
      }
    }
  }

  int published() {
    return published.size();
  }

  /** What is wrong with the logs; empty if each has everything once. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    for (Node node : nodes) {
      List<String> texts = new ArrayList<>();
      for (RedexRecord record : node.file.readRange(0, node.file.nextSeq())) {
        texts.add(
            new String(
                Objects.requireNonNull(TopicRecord.decode(record.payload())).payload(), UTF_8));
      }
      if (texts.size() != published.size() || !published.equals(new HashSet<>(texts))) {
        faults.add(node.name + " has " + texts.size() + " of " + published.size());
      }
    }
    return faults;
  }

  @Override
  public void close() {
    redex.close();
  }
}
