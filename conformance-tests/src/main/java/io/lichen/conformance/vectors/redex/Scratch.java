// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.redex;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder that goes with all that is in it. */
record Scratch(Path path) implements AutoCloseable {
  static Scratch make() throws IOException {
    return new Scratch(Files.createTempDirectory("lichen-redex"));
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> paths = Files.walk(path)) {
      for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
