// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.disk;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Memory in place of a file, for logs that are not kept. A longer mapping is a copy: what is
 * written to it does not show in shorter ones, whose readers know only what was there before.
 */
public final class MemoryFile implements DiskFile {
  private MemorySegment bytes = MemorySegment.NULL;

  @Override
  public long size() {
    return bytes.byteSize();
  }

  @Override
  public MemorySegment map(long size, Arena arena) {
    if (size > bytes.byteSize()) {
      MemorySegment longer = arena.allocate(size, Long.BYTES);
      longer.copyFrom(bytes);
      bytes = longer;
    }
    return bytes.asSlice(0, size);
  }

  @Override
  public void truncate(long size) {}

  @Override
  public void force() {}

  @Override
  public void close() {
    bytes = MemorySegment.NULL;
  }
}
