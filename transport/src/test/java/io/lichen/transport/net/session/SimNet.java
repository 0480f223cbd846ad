// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.transport.net.Faults;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A network of engines inside one test, in virtual time, with faults drawn from a seed. */
final class SimNet {
  /** Looks at datagrams on their way. */
  @FunctionalInterface
  interface Tap {
    /** The datagram that goes on instead; {@code null} loses it. */
    byte @Nullable [] pass(InetSocketAddress from, InetSocketAddress to, byte[] datagram);
  }

  private record Happening(long atNs, long order, Runnable action) {}

  private final PriorityQueue<Happening> ahead =
      new PriorityQueue<>(
          (a, b) ->
              a.atNs != b.atNs ? Long.compare(a.atNs, b.atNs) : Long.compare(a.order, b.order));
  private final Map<InetSocketAddress, SimNode> nodes = new HashMap<>();
  private final List<SimNode> all = new ArrayList<>();
  private final Random random;
  private Faults faults = Faults.none(1);
  private Tap tap = (from, to, datagram) -> datagram;
  private long nowNs = 1_000_000_000L;
  private long order;

  SimNet(long seed) {
    random = new Random(seed);
  }

  void attach(InetSocketAddress address, SimNode node) {
    nodes.put(address, node);
    all.add(node);
  }

  /** The node is no more: what comes for it is lost. */
  void detach(SimNode node) {
    nodes.remove(node.address(), node);
    all.remove(node);
  }

  void faults(Faults other) {
    faults = other;
  }

  void tap(Tap other) {
    tap = other;
  }

  long nowNs() {
    return nowNs;
  }

  /** Something that is to happen after a delay. */
  void at(long delayNs, Runnable action) {
    ahead.add(new Happening(nowNs + delayNs, order++, action));
  }

  void send(InetSocketAddress from, InetSocketAddress to, byte[] datagram) {
    byte[] passed = tap.pass(from, to, datagram);
    if (passed == null || random.nextDouble() < faults.loss()) {
      return;
    }
    int copies = random.nextDouble() < faults.duplication() ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      long jitterNs = faults.jitterNs() == 0 ? 0 : random.nextLong(faults.jitterNs());
      at(faults.oneWayNs() + jitterNs, () -> deliver(from, to, passed));
    }
  }

  private void deliver(InetSocketAddress from, InetSocketAddress to, byte[] datagram) {
    SimNode node = nodes.get(to);
    if (node != null) {
      // As a socket does: direct memory, and more room than the datagram takes.
      var buffer = Unpooled.directBuffer(datagram.length + 7).writeBytes(datagram);
      node.endpoint().onDatagram(from, buffer, nowNs);
      node.endpoint().onBatchEnd(nowNs);
      buffer.release();
    }
  }

  /** Lets time go by until something holds; false if it does not within the limit. */
  boolean runUntil(BooleanSupplier done, long limitMs) {
    long endNs = nowNs + limitMs * Faults.MS;
    while (!done.getAsBoolean()) {
      if (!step(endNs)) {
        return false;
      }
    }
    return true;
  }

  void run(long forMs) {
    runUntil(() -> false, forMs);
  }

  private boolean step(long endNs) {
    long timerNs = DatagramIn.NO_DEADLINE;
    for (SimNode node : all) {
      timerNs = Math.min(timerNs, node.endpoint().nextDeadlineNs());
    }
    Happening first = ahead.peek();
    long nextNs = first == null ? timerNs : Math.min(timerNs, first.atNs);
    if (nextNs > endNs) {
      nowNs = endNs;
      return false;
    }
    nowNs = Math.max(nowNs, nextNs);
    if (first != null && first.atNs <= nowNs) {
      ahead.remove();
      first.action.run();
    } else {
      for (SimNode node : List.copyOf(all)) {
        if (node.endpoint().nextDeadlineNs() <= nowNs) {
          node.endpoint().onTimer(nowNs);
        }
      }
    }
    return true;
  }
}
