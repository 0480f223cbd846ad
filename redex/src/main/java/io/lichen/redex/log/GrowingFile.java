// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.log;

import io.lichen.redex.disk.DiskFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A mapped file that is longer than what was written to it, so that writing is a store. Written by
 * one thread at a time; {@link #bytes} may be read by any.
 */
final class GrowingFile {
  private static final long LARGEST_STEP = 1L << 26;
  private static final MemorySegment NOTHING = MemorySegment.ofArray(new byte[0]);

  private final DiskFile file;
  private final Arena arena;
  private final long firstStep;
  private volatile MemorySegment bytes;

  /** Takes a file of this size. It grows when there is something to write, not before. */
  GrowingFile(DiskFile file, long size, long firstStep, Arena arena) throws IOException {
    this.file = file;
    this.arena = arena;
    this.firstStep = firstStep;
    this.bytes = size == 0 ? NOTHING : file.map(size, arena);
  }

  /** The file from its beginning; what is beyond what was written means nothing. */
  MemorySegment bytes() {
    return bytes;
  }

  /**
   * The file with room for so many octets.
   *
   * @throws IOException if there is none; nothing has changed then
   */
  MemorySegment withRoomFor(long size) throws IOException {
    MemorySegment now = bytes;
    return size <= now.byteSize() ? now : grow(size);
  }

  private MemorySegment grow(long size) throws IOException {
    long capacity = bytes.byteSize();
    long step = Math.clamp(capacity, firstStep, LARGEST_STEP);
    MemorySegment longer = file.map(Math.max(size, capacity + step), arena);
    bytes = longer;
    return longer;
  }

  void force() throws IOException {
    file.force();
  }

  /** Leaves in the file what was written, and closes it; the mapping stays. */
  void end(long size) throws IOException {
    try {
      file.truncate(size);
    } finally {
      file.close();
    }
  }
}
