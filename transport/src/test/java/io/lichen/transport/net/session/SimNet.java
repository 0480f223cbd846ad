// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.transport.net.Faults;
import io.lichen.transport.net.SimTime;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A network of engines inside one test, in virtual time, with faults drawn from a seed. */
final class SimNet extends SimTime<Runnable> {
  /** Looks at datagrams on their way. */
  @FunctionalInterface
  interface Tap {
    /** The datagram that goes on instead; {@code null} loses it. */
    byte @Nullable [] pass(InetSocketAddress from, InetSocketAddress to, byte[] datagram);
  }

  private final Map<InetSocketAddress, SimNode> nodes = new HashMap<>();
  private final List<SimNode> all = new ArrayList<>();
  private Faults faults = Faults.none(1);
  private Tap tap = (from, to, datagram) -> datagram;

  SimNet(long seed) {
    super(seed);
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

  /** Something that is to happen after a delay. */
  void at(long delayNs, Runnable action) {
    after(delayNs, action);
  }

  void send(InetSocketAddress from, InetSocketAddress to, byte[] datagram) {
    byte[] passed = tap.pass(from, to, datagram);
    if (passed == null || random.nextDouble() < faults.loss()) {
      return;
    }
    int copies = random.nextDouble() < faults.duplication() ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      at(travelNs(faults), () -> deliver(from, to, passed));
    }
  }

  private void deliver(InetSocketAddress from, InetSocketAddress to, byte[] datagram) {
    SimNode node = nodes.get(to);
    if (node != null) {
      // As a socket does: direct memory, and more room than the datagram takes.
      var buffer = Unpooled.directBuffer(datagram.length + 7).writeBytes(datagram);
      node.endpoint().onDatagram(from, buffer, nowNs());
      node.endpoint().onBatchEnd(nowNs());
      buffer.release();
    }
  }

  boolean runUntil(BooleanSupplier done, long limitMs) {
    return passUntil(done, limitMs * Faults.MS);
  }

  void run(long forMs) {
    runUntil(() -> false, forMs);
  }

  @Override
  protected long nextTimerNs() {
    long nextNs = DatagramIn.NO_DEADLINE;
    for (SimNode node : all) {
      nextNs = Math.min(nextNs, node.endpoint().nextDeadlineNs());
    }
    return nextNs;
  }

  @Override
  protected void onTimers() {
    for (SimNode node : List.copyOf(all)) {
      if (node.endpoint().nextDeadlineNs() <= nowNs()) {
        node.endpoint().onTimer(nowNs());
      }
    }
  }

  @Override
  protected void happen(Runnable action) {
    action.run();
  }
}
