// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss.netns;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Small programs of ours that have to run in a namespace. */
final class NamespaceJava {
  private NamespaceJava() {}

  /** A program with this class path, not started yet; what it complains of is ours to see. */
  static ProcessBuilder program(String namespace, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
  }
}
