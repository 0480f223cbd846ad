// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Finds the files of vectors: those of this project, and those of further folders. */
public final class VectorFiles {
  /** The system property that names a further folder, or several with the path separator. */
  public static final String FURTHER = "lichen.vectors";

  /** Our copies of the recordings of the Moss wire. */
  public static final List<String> MOSS = List.of("moss-transport.json", "moss-mesh.json");

  /** Our copies of the recordings of the Net wire. */
  public static final List<String> NET = List.of("net-wire.json", "net-wire-0.46.json");

  /** Our copy of the recordings of the event bus. */
  public static final List<String> BUS = List.of("event-bus.json");

  /** Our copies of the recordings of logs. */
  public static final List<String> LOGS = logs();

  private VectorFiles() {}

  private static List<String> logs() {
    try (InputStream names = VectorFiles.class.getResourceAsStream("/vectors/redex/files.txt")) {
      return new String(Objects.requireNonNull(names).readAllBytes(), UTF_8)
          .lines()
          .map(name -> "redex/" + name)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The recordings that come with the project. */
  public static List<VectorFile> own(List<String> names) throws IOException {
    List<VectorFile> files = new ArrayList<>();
    for (String name : names) {
      try (InputStream content = VectorFiles.class.getResourceAsStream("/vectors/" + name)) {
        if (content == null) {
          throw new IOException("there is no resource /vectors/" + name);
        }
        files.add(VectorFile.read(name, name, content.readAllBytes()));
      }
    }
    return files;
  }

  /** All JSON files below the folders that the system property names. */
  public static List<VectorFile> further() throws IOException {
    List<VectorFile> files = new ArrayList<>();
    for (String folder : System.getProperty(FURTHER, "").split(File.pathSeparator, -1)) {
      if (!folder.isBlank()) {
        files.addAll(below(Path.of(folder)));
      }
    }
    return files;
  }

  /** All JSON files below a folder, in the order of their paths. */
  public static List<VectorFile> below(Path folder) throws IOException {
    List<VectorFile> files = new ArrayList<>();
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path path : found.filter(VectorFiles::isJson).sorted().toList()) {
        String relative = folder.relativize(path).toString().replace('\\', '/');
        files.add(VectorFile.read(path.toString(), relative, Files.readAllBytes(path)));
      }
    }
    return files;
  }

  private static boolean isJson(Path path) {
    return path.toString().endsWith(".json") && Files.isRegularFile(path);
  }
}
