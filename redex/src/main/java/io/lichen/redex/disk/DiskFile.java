// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.disk;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** An open file. One thread changes its size at a time; any may force it. */
public interface DiskFile extends AutoCloseable {
  /** Its size in octets. */
  long size() throws IOException;

  /**
   * Maps the file from its beginning, and makes it longer first if it is shorter: by zeros for
   * which there is room on the disk, so that writing to the mapping cannot fail for want of it.
   *
   * @param bytes at least 1
   * @param arena ends the mapping
   */
  MemorySegment map(long bytes, Arena arena) throws IOException;

  /**
   * Whether what is written to a mapping shows in longer ones, so that the file can grow while it
   * is written.
   */
  default boolean growsInPlace() {
    return false;
  }

  /** Makes the file shorter. */
  void truncate(long bytes) throws IOException;

  /** Makes what was written, to the file or its mappings, durable. */
  void force() throws IOException;

  @Override
  void close() throws IOException;
}
