// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.jar;

import io.lichen.conformance.Skip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** The launcher and the jar in a folder of their own, as somebody installs them. */
record Installed(Path folder) {
  private static final Path JAR = Path.of("..", "node", "target", "lichen.jar");
  private static final Path LAUNCHER = Path.of("..", "lichen");

  /** Copies them; where there is no jar, or no bash, the test is skipped and says so. */
  static Installed in(Path folder, Class<?> test) throws IOException {
    boolean ready = Files.exists(JAR) && Files.isExecutable(Path.of("/bin/bash"));
    Skip.unless(ready, test, "no bash, or no " + JAR + "; mvn verify or ./lichen makes it");
    Installed installed = new Installed(folder);
    Files.copy(JAR, installed.jar(), StandardCopyOption.COPY_ATTRIBUTES);
    Files.copy(LAUNCHER, folder.resolve("lichen"), StandardCopyOption.COPY_ATTRIBUTES);
    return installed;
  }

  Path jar() {
    return folder.resolve("lichen.jar");
  }

  /** The launcher with further options for the JVM, what it says on one stream. */
  ProcessBuilder command(String javaOptions, String... args) {
    List<String> line = new ArrayList<>(List.of(folder.resolve("lichen").toString()));
    line.addAll(List.of(args));
    return in(new ProcessBuilder(line), javaOptions);
  }

  /** A script in the folder, to which the launcher is ./lichen. */
  ProcessBuilder script(String text) {
    return in(new ProcessBuilder("/bin/bash", "-e", "-c", text), "-XX:TieredStopAtLevel=1");
  }

  private ProcessBuilder in(ProcessBuilder builder, String javaOptions) {
    builder.environment().keySet().removeIf(name -> name.startsWith("LICHEN_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("LICHEN_JAVA_OPTS", javaOptions);
    return builder.directory(folder.toFile()).redirectErrorStream(true);
  }
}
