// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How processes under measurement are started. */
public final class LichenJvm {
  /** The options that the launcher runs a node with. */
  public static final List<String> OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xmx64m",
          "-Xmn20m",
          "-XX:SurvivorRatio=2",
          "-XX:TrimNativeHeapInterval=1000",
          "-XX:MaxDirectMemorySize=96m",
          "-XX:+UseCompactObjectHeaders",
          "--add-modules=jdk.incubator.vector");

  /** The environment that the launcher runs a node in. */
  public static final Map<String, String> ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "1");

  private LichenJvm() {}

  /** A command for this JVM's class path. */
  public static List<String> command(List<String> options, Class<?> main, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(args));
    return command;
  }
}
