// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

/** The ids that one peer said not to want: the last so many. Single-threaded. */
final class DontWantMemory {
  private final HashRing ids;
  private final Counters counters;

  DontWantMemory(int maxIds, Counters counters) {
    this.ids = new HashRing(maxIds);
    this.counters = counters;
  }

  void add(IdHasher id) {
    if (ids.find(id.high, id.low) >= 0) {
      return;
    }
    if (ids.isFull()) {
      ids.removeFirst();
      counters.dontWantEvicted++;
    }
    ids.add(id.high, id.low);
  }

  boolean contains(IdHasher id) {
    return ids.size() > 0 && ids.find(id.high, id.low) >= 0;
  }

  int size() {
    return ids.size();
  }
}
