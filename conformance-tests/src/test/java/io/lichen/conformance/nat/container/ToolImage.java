// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.testcontainers.images.builder.ImageFromDockerfile;

/**
 * An image that needs no registry: a few programs of this machine, and the libraries that they and
 * its Java load. Java itself and the class path are mounted from here when it runs.
 */
public final class ToolImage {
  private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");
  private static final String DOCKERFILE =
      """
      FROM scratch
      COPY root /
      """;

  /** Directories that programs expect. */
  private static final List<String> PLACES = List.of("/tmp", "/run", "/etc", "/proc", "/sys");

  private ToolImage() {}

  /**
   * Describes the image; it is built when it is first used.
   *
   * @param programs by the names that the path finds them by
   */
  public static ImageFromDockerfile of(List<String> programs) throws IOException {
    ImageFromDockerfile image =
        new ImageFromDockerfile().withFileFromString("Dockerfile", DOCKERFILE);
    for (String place : PLACES) {
      image.withFileFromString("root" + place + "/.lichen", "");
    }
    List<Path> binaries = new ArrayList<>();
    for (String program : programs) {
      Path path = find(program);
      image.withFileFromPath("root" + path, path.toRealPath());
      binaries.add(path);
    }
    for (String library : librariesOf(binaries)) {
      image.withFileFromPath("root" + library, Path.of(library).toRealPath());
    }
    return image;
  }

  private static Path find(String program) {
    return Stream.of("/usr/sbin", "/usr/bin", "/sbin", "/bin")
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("there is no program " + program));
  }

  private static Set<String> librariesOf(List<Path> binaries) throws IOException {
    List<String> command = new ArrayList<>(List.of("ldd"));
    binaries.forEach(binary -> command.add(binary.toString()));
    Path home = Path.of(System.getProperty("java.home"));
    command.add(home.resolve("bin/java").toString());
    try (Stream<Path> files = Files.walk(home.resolve("lib"))) {
      files
          .filter(file -> file.toString().matches(".*/lib(jvm|java|net|nio|zip|jli|verify)\\.so"))
          .forEach(file -> command.add(file.toString()));
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Set<String> libraries = new TreeSet<>();
    try (var said = process.inputReader()) {
      said.lines()
          .flatMap(line -> LIBRARY.matcher(line).results())
          .map((MatchResult match) -> match.group(1))
          .filter(library -> !library.startsWith(home.toString()))
          .forEach(libraries::add);
    }
    return libraries;
  }
}
