// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.handshake;

import io.lichen.crypto.identity.Identity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Virtual time and a lossy, duplicating, reordering, delaying network between nodes. */
final class SimUdp {
  static final long MS = 1_000_000L;

  private record Event(long atNs, long order, Runnable action) {}

  private final Map<InetSocketAddress, SimNode> nodes = new HashMap<>();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          (a, b) ->
              a.atNs() != b.atNs()
                  ? Long.compare(a.atNs(), b.atNs())
                  : Long.compare(a.order(), b.order()));
  private final Random random;
  private final double loss;
  private final double duplication;
  private final long oneWayNs;
  private final long jitterNs;
  private long nowNs = 1;
  private long order;
  private int nextPort = 1000;

  SimUdp(long seed, double loss, double duplication, long roundTripMs, long jitterMs) {
    this.random = new Random(seed);
    this.loss = loss;
    this.duplication = duplication;
    this.oneWayNs = roundTripMs * MS / 2;
    this.jitterNs = jitterMs * MS;
  }

  long nowNs() {
    return nowNs;
  }

  Random random() {
    return random;
  }

  SimNode node(String mesh, byte @Nullable [] psk, Identity identity) {
    HandshakeContext context = Sides.context(mesh, psk, identity, random.nextLong());
    SimNode node =
        new SimNode(
            this,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), nextPort++),
            identity,
            context);
    nodes.put(node.address, node);
    after(1000 * MS, () -> tick(node));
    return node;
  }

  private void tick(SimNode node) {
    node.everySecond();
    after(1000 * MS, () -> tick(node));
  }

  void send(InetSocketAddress from, InetSocketAddress to, int kind, byte[] payload) {
    int copies = random.nextDouble() < loss ? 0 : random.nextDouble() < duplication ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      long delay = oneWayNs + (jitterNs == 0 ? 0 : random.nextLong(jitterNs));
      after(
          delay,
          () -> {
            SimNode node = nodes.get(to);
            if (node != null) {
              node.onDatagram(from, kind, payload);
            }
          });
    }
  }

  void after(long delayNs, Runnable action) {
    events.add(new Event(nowNs + delayNs, order++, action));
  }

  /** Lets this much time go by. */
  void run(long forNs) {
    long endNs = nowNs + forNs;
    while (true) {
      long timer = Long.MAX_VALUE;
      for (SimNode node : nodes.values()) {
        timer = Math.min(timer, node.engine().nextTimerNs());
      }
      Event event = events.peek();
      long next = event == null ? timer : Math.min(timer, event.atNs());
      if (next > endNs) {
        nowNs = endNs;
        return;
      }
      nowNs = Math.max(nowNs, next);
      if (event != null && event.atNs() <= timer) {
        events.remove();
        event.action().run();
      } else {
        nodes.values().forEach(node -> node.engine().onTimer(nowNs));
      }
    }
  }
}
