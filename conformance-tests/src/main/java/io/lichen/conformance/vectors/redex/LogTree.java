// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.redex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Trees;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/** The files below the directory of a manager of logs, as vectors write them. */
final class LogTree {
  /** What the recordings determine: times are the native's clock, the rest is Lichen's own. */
  private static final Set<String> DETERMINED = Set.of("manifest", "idx", "dat");

  private final Path base;

  LogTree(Path base) {
    this.base = base;
  }

  /** Puts the files of a recording where nothing is. */
  void put(JsonNode tree) throws IOException {
    for (JsonNode directory : tree.path("dirs")) {
      Files.createDirectories(base.resolve(directory.asText()));
    }
    for (Map.Entry<String, JsonNode> file : tree.path("files").properties()) {
      Files.write(base.resolve(file.getKey()), file.getValue().binaryValue());
    }
  }

  /** Of a recorded tree, what is determined. */
  static ObjectNode determined(JsonNode tree) {
    ObjectNode files = Trees.object();
    tree.path("files")
        .properties()
        .forEach(
            file -> {
              if (isDetermined(Path.of(file.getKey()))) {
                files.set(file.getKey(), file.getValue());
              }
            });
    return files;
  }

  /** What is determined of what there is. */
  ObjectNode determined() throws IOException {
    return files(Trees.object());
  }

  /**
   * The same of a log that is open: its files end with room for more, which does not count where
   * the recording has nothing.
   */
  ObjectNode determinedWhileOpen(JsonNode recorded) throws IOException {
    return files(recorded.path("files"));
  }

  private ObjectNode files(JsonNode lengths) throws IOException {
    ObjectNode files = Trees.object();
    Files.walkFileTree(
        base,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (isDetermined(file)) {
              String name = base.relativize(file).toString().replace('\\', '/');
              byte[] content = withoutRoom(Files.readAllBytes(file), lengths.path(name));
              files.put(name, Base64.getEncoder().encodeToString(content));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  private static byte[] withoutRoom(byte[] content, JsonNode recorded) throws IOException {
    if (!recorded.isTextual()) {
      return content;
    }
    int length = recorded.binaryValue().length;
    for (int i = length; i < content.length; i++) {
      if (content[i] != 0) {
        return content;
      }
    }
    return Arrays.copyOf(content, Math.min(length, content.length));
  }

  private static boolean isDetermined(Path file) {
    return DETERMINED.contains(file.getFileName().toString());
  }
}
