// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.log;

import io.lichen.redex.disk.Disk;
import io.lichen.redex.disk.DiskFile;
import io.lichen.redex.disk.MemoryFile;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The open files of a generation.
 *
 * @param index its records
 * @param data its payloads
 * @param times when they were appended
 */
record GenerationFiles(DiskFile index, DiskFile data, DiskFile times) implements AutoCloseable {
  /** Opens those in a directory, and makes the missing ones; all or none stays open. */
  @SuppressWarnings("resource") // the caller's, if all went well
  static GenerationFiles open(Disk disk, Path directory) throws IOException {
    @Nullable DiskFile index = null;
    @Nullable DiskFile data = null;
    try {
      index = disk.open(directory.resolve(LogDirectory.INDEX));
      data = disk.open(directory.resolve(LogDirectory.DATA));
      return new GenerationFiles(index, data, disk.open(directory.resolve(LogDirectory.TIMES)));
    } catch (IOException e) {
      if (index != null) {
        index.close();
      }
      if (data != null) {
        data.close();
      }
      throw e;
    }
  }

  /** Memory in their place. */
  static GenerationFiles inMemory() {
    return new GenerationFiles(new MemoryFile(), new MemoryFile(), new MemoryFile());
  }

  @Override
  public void close() throws IOException {
    Closing.all(index, data, times);
  }
}
