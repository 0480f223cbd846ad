// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare.redex;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Lets the system have memory at hand for a load. A virtual machine gives what it does not use back
 * to its host after some seconds; to get it again takes ten times as long as to fill it, which
 * would be all that is measured, of everybody alike.
 */
final class FreshPages {
  private static final int STEP = 1 << 20;

  private FreshPages() {}

  /** Writes so many octets, and half as many more, to a file and removes it. */
  static void provide(Path directory, long bytes) {
    Path file = directory.resolve("pages");
    try {
      Files.createDirectories(directory);
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        ByteBuffer step = ByteBuffer.allocateDirect(STEP);
        for (long written = 0; written < bytes + bytes / 2; written += STEP) {
          channel.write(step.clear());
        }
      }
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
