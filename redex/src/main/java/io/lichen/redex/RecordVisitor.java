// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex;

import java.lang.foreign.MemorySegment;

/** Looks at records where they lie, without a copy. */
@FunctionalInterface
public interface RecordVisitor {
  /**
   * A record.
   *
   * @param seq its sequence number, unsigned
   * @param payload its octets, read-only; valid until this method returns
   * @return whether to go on
   */
  boolean onRecord(long seq, MemorySegment payload);
}
