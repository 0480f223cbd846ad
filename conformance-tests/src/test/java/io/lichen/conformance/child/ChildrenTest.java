// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.child;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lichen.core.moss.MossNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ChildrenTest {
  private static final String ARCHIVE = "-XX:SharedArchiveFile=";

  /** Nothing else shows it if they do not: they only start more slowly. */
  @Test
  void shouldStartFromAnArchiveWhereModulesAreJars() throws Exception {
    Path core = Path.of(MossNode.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    assumeTrue(core.toString().endsWith(".jar"), "modules are folders here");
    List<Path> archives =
        Children.java("Main").stream()
            .filter(option -> option.startsWith(ARCHIVE))
            .map(option -> Path.of(option.substring(ARCHIVE.length())))
            .toList();
    assertTrue(archives.size() == 1 && Files.size(archives.getFirst()) > 0, archives::toString);
  }
}
