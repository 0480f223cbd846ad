// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.demo;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Three nodes, each connected to the two others. */
final class DemoMesh implements AutoCloseable {
  private static final int NODES = 3;
  private static final long READY_LIMIT_NS = TimeUnit.SECONDS.toNanos(30);
  private static final long LOOK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(50);

  private final List<DemoNode> nodes = new ArrayList<>();

  private DemoMesh() {}

  static DemoMesh start(Path folder) {
    DemoMesh mesh = new DemoMesh();
    try {
      for (int number = 1; number <= NODES; number++) {
        List<String> peers = mesh.nodes.stream().map(DemoNode::address).toList();
        mesh.nodes.add(new DemoNode(number, folder, peers));
      }
      return mesh;
    } catch (RuntimeException e) {
      mesh.close();
      throw e;
    }
  }

  List<DemoNode> nodes() {
    return List.copyOf(nodes);
  }

  /** Returns when each node knows that the others listen on every channel. */
  void awaitReady() {
    long startNs = System.nanoTime();
    while (!nodes.stream().allMatch(node -> node.reaches(NODES - 1))) {
      if (System.nanoTime() - startNs > READY_LIMIT_NS) {
        throw new MossException(MossError.NO_PEERS, "the nodes did not find each other");
      }
      LockSupport.parkNanos(LOOK_AGAIN_NS);
    }
  }

  @Override
  public void close() {
    nodes.forEach(DemoNode::close);
  }
}
