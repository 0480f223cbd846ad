// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.mesh;

import io.lichen.core.moss.MossNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * A steady stream of messages through real nodes in one process. Each message carries the time at
 * which it was published; what counts is when a callback gets it.
 */
final class Propagation implements AutoCloseable {
  private static final String CHANNEL = "stream";
  private static final long SEED = 7;
  private static final long PROBE_INTERVAL_NS = 20_000_000L;
  private static final long SETTLE_LIMIT_NS = 20_000_000_000L;

  private final List<MossNode> nodes = new ArrayList<>();
  private final int payloadBytes;
  private volatile Latencies latencies = new Latencies(0);

  /**
   * Makes the nodes and connects each to some earlier ones.
   *
   * @param links how many earlier nodes each new one dials
   */
  Propagation(int nodeCount, int links, int payloadBytes) {
    this.payloadBytes = payloadBytes;
    Random random = new Random(SEED);
    for (int i = 0; i < nodeCount; i++) {
      MossNode node =
          Nodes.quiet()
              .onMessage(
                  message ->
                      latencies.add(System.nanoTime() - ByteBuffer.wrap(message.data()).getLong(0)))
              .build();
      node.start();
      node.subscribe(CHANNEL);
      List<MossNode> earlier = new ArrayList<>(nodes);
      for (int link = 0; link < links && !earlier.isEmpty(); link++) {
        node.connect(Nodes.address(earlier.remove(random.nextInt(earlier.size()))));
      }
      nodes.add(node);
    }
  }

  /**
   * Publishes at a steady rate from one node after the other.
   *
   * @param publishers how many of the nodes publish
   * @return the times of all deliveries to others; fewer than expected if messages were lost
   */
  Latencies run(int publishers, int perSecond, int messages) {
    awaitMesh();
    Latencies measured = new Latencies(messages * nodes.size());
    latencies = measured;
    stream(publishers, perSecond, messages);
    awaitCount(measured, messages * nodes.size());
    return measured;
  }

  private void publish(MossNode node) {
    byte[] data = new byte[payloadBytes];
    ByteBuffer.wrap(data).putLong(0, System.nanoTime());
    node.publish(CHANNEL, data);
  }

  /** Like {@link #run} from the first node of a pair, without its own copies. */
  Latencies oneWay(int perSecond, int messages) {
    nodes.getFirst().unsubscribe(CHANNEL);
    Latencies measured = new Latencies(messages);
    latencies = measured;
    stream(1, perSecond, messages);
    awaitCount(measured, messages);
    return measured;
  }

  private void stream(int publishers, int perSecond, int messages) {
    long startNs = System.nanoTime();
    for (int i = 0; i < messages; i++) {
      parkUntil(startNs + i * 1_000_000_000L / perSecond);
      publish(nodes.get(i % publishers));
    }
  }

  /** Until a probe of every node has reached all: then everyone knows who listens. */
  private void awaitMesh() {
    long deadlineNs = System.nanoTime() + SETTLE_LIMIT_NS;
    for (MossNode node : nodes) {
      Latencies probes = latencies;
      do {
        if (System.nanoTime() - deadlineNs > 0) {
          throw new IllegalStateException("the nodes have not become one mesh");
        }
        probes = new Latencies(nodes.size());
        latencies = probes;
        publish(node);
        awaitCount(probes, nodes.size(), System.nanoTime() + 10 * PROBE_INTERVAL_NS);
      } while (probes.count() < nodes.size());
    }
  }

  private static void awaitCount(Latencies latencies, int count) {
    awaitCount(latencies, count, System.nanoTime() + SETTLE_LIMIT_NS);
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
