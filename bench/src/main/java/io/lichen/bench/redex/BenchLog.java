// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.redex;

import io.lichen.redex.Redex;
import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A new log on disk that is removed in the end. */
final class BenchLog implements AutoCloseable {
  private static final String NAME = "bench";

  private final Path directory;
  private final Redex redex;
  private final RedexFile log;

  /** Makes one in the directory for temporary files. */
  BenchLog() {
    try {
      directory = Files.createTempDirectory("lichen-bench");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    redex = Redex.open(directory);
    log = redex.open(NAME, RedexConfig.onDisk());
  }

  RedexFile log() {
    return log;
  }

  @Override
  public void close() {
    redex.remove(NAME);
    redex.close();
    try (var left = Files.list(directory)) {
      for (Path file : left.toList()) {
        Files.delete(file);
      }
      Files.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
