// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.mesh;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.MossMessage;
import io.lichen.core.moss.MossNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * A steady stream of messages through real nodes in one process. Each message carries the time at
 * which it was published; what counts is when the callback of another node gets it.
 */
final class Propagation implements AutoCloseable {
  private static final String CHANNEL = "stream";
  private static final int PAYLOAD_BYTES = 256;
  private static final int NODES = 10;
  private static final int LINKS = 3;
  private static final long SEED = 7;
  private static final long PROBE_INTERVAL_NS = 20_000_000L;
  private static final long SETTLE_LIMIT_NS = 20_000_000_000L;

  private final List<MossNode> nodes = new ArrayList<>();
  private volatile Latencies latencies = new Latencies(0);

  /**
   * Makes the nodes and connects each to some earlier ones; they hear of the others from those.
   *
   * @param links how many earlier nodes each new one dials
   */
  private Propagation(int nodeCount, int links) {
    Random random = new Random(SEED);
    for (int i = 0; i < nodeCount; i++) {
      MossNode node = Nodes.quiet().build();
      node.onMessage(message -> arrived(node, message));
      node.start();
      node.subscribe(CHANNEL);
      List<MossNode> earlier = new ArrayList<>(nodes);
      for (int link = 0; link < links && !earlier.isEmpty(); link++) {
        node.connect(Nodes.address(earlier.remove(random.nextInt(earlier.size()))));
      }
      nodes.add(node);
    }
  }

  /** All nodes publish in turn. */
  static void measure(Figures figures) {
    int messages = 1_000;
    try (Propagation mesh = new Propagation(NODES, LINKS)) {
      mesh.run(NODES, 100, messages);
      Latencies measured = mesh.run(NODES, 100, messages);
      figures.title("ten nodes in one process, 100 msg/s of 256 B in all");
      figures.atMost("propagation p50", measured.micros(0.5) / 1e3, 2, "ms");
      figures.atMost("propagation p99", measured.micros(0.99) / 1e3, 50, "ms");
      figures.told("propagation max", measured.micros(1) / 1e3, "ms");
      figures.atLeast("delivered", measured.count(), messages * (NODES - 1), "");
    }
  }

  /** One node publishes to another. */
  static void measureOneWay(Figures figures) {
    int messages = 10_000;
    try (Propagation pair = new Propagation(2, 1)) {
      pair.run(1, 1_000, messages);
      Latencies measured = pair.run(1, 1_000, messages);
      figures.title("two nodes in one process, 1 000 msg/s of 256 B");
      figures.atMost("one-way latency p50", measured.micros(0.5), 160, "us");
      figures.told("one-way latency p90", measured.micros(0.9), "us");
      figures.told("one-way latency p99", measured.micros(0.99), "us");
      figures.told("one-way latency max", measured.micros(1), "us");
      figures.atLeast("delivered", measured.count(), messages, "");
    }
  }

  private void arrived(MossNode node, MossMessage message) {
    if (!node.id().equals(message.sender())) {
      latencies.add(System.nanoTime() - ByteBuffer.wrap(message.data()).getLong(0));
    }
  }

  /**
   * Publishes at a steady rate from one node after the other.
   *
   * @param publishers how many of the nodes publish
   * @return the times of all deliveries to others; fewer than expected if messages were lost
   */
  private Latencies run(int publishers, int perSecond, int messages) {
    awaitMesh();
    int expected = messages * (nodes.size() - 1);
    Latencies measured = new Latencies(expected);
    latencies = measured;
    long startNs = System.nanoTime();
    for (int i = 0; i < messages; i++) {
      parkUntil(startNs + i * 1_000_000_000L / perSecond);
      publish(nodes.get(i % publishers));
    }
    awaitCount(measured, expected, System.nanoTime() + SETTLE_LIMIT_NS);
    return measured;
  }

  private static void publish(MossNode node) {
    byte[] data = new byte[PAYLOAD_BYTES];
    ByteBuffer.wrap(data).putLong(0, System.nanoTime());
    node.publish(CHANNEL, data);
  }

  /** Until a probe of every node has reached all others: then everyone knows who listens. */
  private void awaitMesh() {
    long deadlineNs = System.nanoTime() + SETTLE_LIMIT_NS;
    for (MossNode node : nodes) {
      while (!probe(node)) {
        if (System.nanoTime() - deadlineNs > 0) {
          throw new IllegalStateException("the nodes have not become one mesh");
        }
      }
    }
  }

  private boolean probe(MossNode node) {
    Latencies probes = new Latencies(nodes.size());
    latencies = probes;
    try {
      publish(node);
    } catch (MossException e) {
      if (e.error() != MossError.NO_PEERS) {
        throw e;
      }
    }
    awaitCount(probes, nodes.size() - 1, System.nanoTime() + 10 * PROBE_INTERVAL_NS);
    return probes.count() >= nodes.size() - 1;
  }

  private static void awaitCount(Latencies latencies, int count, long deadlineNs) {
    while (latencies.count() < count && System.nanoTime() - deadlineNs < 0) {
      LockSupport.parkNanos(PROBE_INTERVAL_NS);
    }
  }

  private static void parkUntil(long timeNs) {
    for (long left = timeNs - System.nanoTime(); left > 0; left = timeNs - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  @Override
  public void close() {
    nodes.forEach(MossNode::close);
  }
}
