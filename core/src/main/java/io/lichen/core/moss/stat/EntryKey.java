// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.stat;

import java.nio.ByteBuffer;

/** The first half of an epoch id, in the unsigned order of its octets. */
record EntryKey(long high, long low) implements Comparable<EntryKey> {
  private static final int BYTES = 16;

  /** The octets. */
  byte[] octets() {
    return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
  }

  @Override
  public int compareTo(EntryKey other) {
    int order = Long.compareUnsigned(high, other.high);
    return order != 0 ? order : Long.compareUnsigned(low, other.low);
  }
}
