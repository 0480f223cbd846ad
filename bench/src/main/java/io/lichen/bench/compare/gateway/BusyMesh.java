// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare.gateway;

import io.lichen.core.moss.MossException;
import io.lichen.core.moss.MossNode;
import io.lichen.gateway.api.Gateway;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Three nodes on loopback. The first publishes 1 000 messages of 256 bytes a second, and 20 to a
 * channel that is looked at; the two others receive; the second has a gateway.
 */
final class BusyMesh implements AutoCloseable {
  /** The channel with much. */
  static final String BUSY = "busy";

  /** The channel that many look at. */
  static final String WATCHED = "watched";

  /** Messages on the first in each second. */
  static final int BUSY_RATE = 1_000;

  private static final int WATCHED_RATE = 20;
  private static final int PAYLOAD_BYTES = 256;
  private static final int NODES = 3;
  private static final long STEP_NS = TimeUnit.SECONDS.toNanos(1) / 100;
  private static final String CONFIG =
      "{\"trackers\":[],\"dht_enabled\":false,\"lan_discovery_enabled\":false}";

  private final List<MossNode> nodes = new ArrayList<>();
  private final AtomicLong delivered = new AtomicLong();
  private final Gateway gateway;
  private final Thread publisher = new Thread(this::publish, "publisher");
  private volatile boolean stopped;

  BusyMesh() {
    for (int i = 0; i < NODES; i++) {
      MossNode node = MossNode.builder("busy").config(CONFIG).listen("127.0.0.1", 0).build();
      nodes.add(node);
      node.onMessage(message -> delivered.incrementAndGet());
      if (i > 0) {
        node.subscribe(BUSY);
      }
      node.start();
      nodes.subList(0, i).forEach(other -> node.connect("127.0.0.1:" + other.info().listenPort()));
    }
    gateway = Gateway.builder().moss(nodes.get(1)).start();
    publisher.start();
  }

  int gatewayPort() {
    return gateway.address().getPort();
  }

  /** Busy messages that the mesh delivers in a second, per receiver, over some time. */
  double deliveredPerSecond(long durationMs) {
    long before = delivered.get();
    long startNs = System.nanoTime();
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(durationMs));
    double seconds = (System.nanoTime() - startNs) / 1e9;
    return (delivered.get() - before) / seconds / (NODES - 1);
  }

  /** Every hundredth of a second what is due by then; what could not be is not made up for. */
  private void publish() {
    long startNs = System.nanoTime();
    for (long step = 0; !stopped; step++) {
      LockSupport.parkNanos(startNs + step * STEP_NS - System.nanoTime());
      for (int i = 0; i < BUSY_RATE / 100; i++) {
        publish(BUSY);
      }
      if (step % (100 / WATCHED_RATE) == 0) {
        publish(WATCHED);
      }
    }
  }

  /** The first eight bytes say when. */
  private void publish(String channel) {
    byte[] data = ByteBuffer.allocate(PAYLOAD_BYTES).putLong(System.nanoTime()).array();
    try {
      nodes.getFirst().publish(channel, data);
    } catch (MossException e) {
      // Nobody listens yet, or any more.
    }
  }

  @Override
  public void close() {
    stopped = true;
    gateway.close();
    nodes.forEach(MossNode::close);
  }
}
