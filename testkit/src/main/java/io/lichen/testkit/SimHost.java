// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The machine that a node runs on: whether it is up, its links by the number of the other end. */
final class SimHost<P> {
  SimNode<P> node;
  boolean up = true;

  /** How often it was started. */
  int starts = 1;

  /** Which side of a partition it is on. */
  int side;

  /** How long it takes to read a message; 0 for no time at all. */
  long readTimeNs;

  /** When it will have read what is at its door. */
  long busyUntilNs;

  private int[] peers = new int[8];
  private final List<SimLink<P>> links = new ArrayList<>(8);

  SimHost(SimNode<P> node) {
    this.node = node;
  }

  @Nullable SimLink<P> link(int peer) {
    int index = indexOf(peer);
    return index < 0 ? null : links.get(index);
  }

  void add(int peer, SimLink<P> link) {
    int index = -1 - indexOf(peer);
    if (links.size() == peers.length) {
      peers = Arrays.copyOf(peers, 2 * peers.length);
    }
    System.arraycopy(peers, index, peers, index + 1, links.size() - index);
    peers[index] = peer;
    links.add(index, link);
  }

  /** Removes this very link; false if it is not there. */
  boolean remove(int peer, SimLink<P> link) {
    int index = indexOf(peer);
    if (index < 0 || links.get(index) != link) {
      return false;
    }
    links.remove(index);
    System.arraycopy(peers, index + 1, peers, index, links.size() - index);
    return true;
  }

  /** In the order of the peers' numbers; a copy. */
  List<SimLink<P>> links() {
    return List.copyOf(links);
  }

  private int indexOf(int peer) {
    return Arrays.binarySearch(peers, 0, links.size(), peer);
  }
}
