// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.mesh;

import io.lichen.core.moss.MossNode;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Real nodes on loopback. Arguments: any of {@code propagation latency memory churn}, none for all.
 * docs/benchmarks.md says what each measures.
 */
final class MeshBench {
  private static final List<String> ALL = List.of("propagation", "latency", "memory", "churn");
  private static final int CONNECTED_PEERS = 200;
  private static final int PASSING_PEERS = 10_000;
  private static final int COLLECTIONS = 4;
  private static final long PAUSE_NS = 200_000_000L;
  private static final long PEERS_LIMIT_NS = 60_000_000_000L;

  private MeshBench() {}

  /** Runs what the arguments name. */
  public static void main(String[] args) throws IOException {
    List<String> wanted = args.length == 0 ? ALL : List.of(args);
    for (String what : wanted) {
      switch (what) {
        case "propagation" -> propagation(System.out);
        case "latency" -> latency(System.out);
        case "memory" -> memory(System.out);
        case "churn" -> churn(System.out);
        default -> throw new IllegalArgumentException("'" + what + "' is none of " + ALL);
      }
    }
    System.exit(0);
  }

  private static void propagation(PrintStream out) {
    try (Propagation mesh = new Propagation(10, 3, 256)) {
      mesh.run(10, 100, 1_000);
      Latencies measured = mesh.run(10, 100, 1_000);
      out.printf(
          Locale.ROOT,
          "propagation  10 nodes, 100 msg/s of 256 B, own copies included: %s; %d of %d deliveries%n",
          measured.summary(),
          measured.count(),
          10_000);
    }
  }

  private static void latency(PrintStream out) {
    try (Propagation pair = new Propagation(2, 1, 256)) {
      pair.run(1, 1_000, 10_000);
      Latencies measured = pair.oneWay(1_000, 10_000);
      out.printf(
          Locale.ROOT,
          "latency      2 nodes, 1000 msg/s of 256 B one way: %s; %d of %d deliveries%n",
          measured.summary(),
          measured.count(),
          10_000);
    }
  }

  private static void memory(PrintStream out) throws IOException {
    try (MossNode node = Nodes.quiet().build();
        Crowd crowd = new Crowd()) {
      node.start();
      node.subscribe("crowd");
      double before = liveMegabytes();
      crowd.stay(CONNECTED_PEERS, Nodes.address(node));
      awaitPeers(node, CONNECTED_PEERS);
      out.printf(
          Locale.ROOT,
          "memory       live heap: %.1f MB with %d connected peers, %.1f MB with none%n",
          liveMegabytes(),
          node.info().peerCount(),
          before);
    }
  }

  private static void churn(PrintStream out) throws IOException {
    try (MossNode node = Nodes.quiet().build();
        Crowd crowd = new Crowd()) {
      node.start();
      node.subscribe("crowd");
      crowd.pass(PASSING_PEERS / 10, Nodes.address(node));
      awaitPeers(node, 0);
      double before = liveMegabytes();
      crowd.pass(PASSING_PEERS, Nodes.address(node));
      awaitPeers(node, 0);
      double after = liveMegabytes();
      out.printf(
          Locale.ROOT,
          "churn        live heap: %.1f MB, after %d more peers came and went %.1f MB (%+.1f %%)%n",
          before,
          PASSING_PEERS,
          after,
          100 * (after / before - 1));
    }
  }

  private static void awaitPeers(MossNode node, int count) {
    long deadlineNs = System.nanoTime() + PEERS_LIMIT_NS;
    while (node.info().peerCount() != count) {
      if (System.nanoTime() - deadlineNs > 0) {
        throw new IllegalStateException(
            node.info().peerCount() + " peers are connected, not " + count);
      }
      LockSupport.parkNanos(PAUSE_NS);
    }
  }

  /** What lives after collections, with pauses in which cleaners do their part; 10^6 bytes. */
  private static double liveMegabytes() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    for (int i = 0; i < COLLECTIONS; i++) {
      memory.gc();
      LockSupport.parkNanos(PAUSE_NS);
    }
    return memory.getHeapMemoryUsage().getUsed() / 1e6;
  }
}
