// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.gossipsub;

import io.lichen.crypto.PeerId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The mesh of one topic as it is at one moment, seen from above. Only engines that are up and on
 * the topic count. Immutable.
 *
 * @param nodes how many nodes it has
 * @param parts how many parts it falls into when only links count that both ends have in their mesh
 * @param starved nodes with fewer than D_lo mesh members although more of their peers are on the
 *     topic: backoffs run, or the meshes of those peers are full
 * @param meanDegree mesh members of a node, on average
 */
public record MeshView(int nodes, int parts, int starved, double meanDegree) {
  /** Whether every node reaches every other by the mesh alone. */
  public boolean isWhole() {
    return parts <= 1;
  }

  static MeshView of(GossipWorld world, String topic) {
    Map<Integer, Set<Integer>> meshes = new HashMap<>();
    int starved = 0;
    long links = 0;
    for (int node = 0; node < world.size(); node++) {
      if (world.isEngine(node) && world.engineNode(node).engine().topics().contains(topic)) {
        GossipNode engine = world.engineNode(node);
        Set<Integer> mesh = new HashSet<>();
        for (PeerId peer : engine.engine().mesh(topic)) {
          mesh.add(world.number(peer));
        }
        meshes.put(node, mesh);
        links += mesh.size();
        int reachable = engine.engine().claimants(topic).size();
        starved += mesh.size() < Math.min(engine.params().mesh().dLo(), reachable) ? 1 : 0;
      }
    }
    double mean = meshes.isEmpty() ? 0 : (double) links / meshes.size();
    return new MeshView(meshes.size(), parts(world.size(), meshes), starved, mean);
  }

  /** Union-find over the mutual links. */
  private static int parts(int size, Map<Integer, Set<Integer>> meshes) {
    int[] leader = new int[size];
    for (int node = 0; node < size; node++) {
      leader[node] = node;
    }
    int parts = meshes.size();
    for (Map.Entry<Integer, Set<Integer>> entry : meshes.entrySet()) {
      int node = entry.getKey();
      for (int peer : entry.getValue()) {
        if (peer > node && meshes.getOrDefault(peer, Set.of()).contains(node)) {
          int a = find(leader, node);
          int b = find(leader, peer);
          leader[a] = b;
          parts -= a == b ? 0 : 1;
        }
      }
    }
    return parts;
  }

  private static int find(int[] leader, int node) {
    int at = node;
    while (leader[at] != at) {
      leader[at] = leader[leader[at]];
      at = leader[at];
    }
    return at;
  }
}
