// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tests that documents name, as {@code Class.method} in backquotes. */
final class NamedTests {
  /** Where the modules are. */
  static final Path ROOT = Path.of(System.getProperty("lichen.root", ".."));

  /** A name; its groups are class and method. */
  static final Pattern NAME = Pattern.compile("`(\\w+)\\.(\\w+)`");

  private NamedTests() {}

  /** Whether exactly one class of this name among all modules' tests has such a method. */
  static boolean exists(MatchResult name) throws IOException {
    String file = name.group(1) + ".java";
    List<Path> found = new ArrayList<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path tests : modules.map(m -> m.resolve("src/test/java")).toList()) {
        if (Files.isDirectory(tests)) {
          try (Stream<Path> files = Files.walk(tests)) {
            files.filter(path -> path.endsWith(file)).forEach(found::add);
          }
        }
      }
    }
    int holders = 0;
    for (Path test : found) {
      holders += Files.readString(test).contains("void " + name.group(2) + "(") ? 1 : 0;
    }
    return holders == 1;
  }
}
