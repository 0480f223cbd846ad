// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.jar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.conformance.Skip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What only the shaded jar can get wrong: services, native libraries, the manifest. */
class RunnableJarTest {
  private static final Path JAR = Path.of("..", "node", "target", "lichen.jar");

  @BeforeEach
  void assumePackaged() {
    String message = "no " + JAR + "; mvn verify or ./lichen makes it";
    Skip.unless(Files.exists(JAR), RunnableJarTest.class, message);
  }

  @Test
  void shouldTellTheVersionInItsManifest() throws Exception {
    Result result = run("--version");
    assertEquals(0, result.exitCode, result.output);
    assertTrue(result.output.matches("(?s)lichen \\d+\\.\\d+.*"), result.output);
  }

  @Test
  void shouldRunTheDemoWithoutAWarning() throws Exception {
    Result result = run("demo");
    assertEquals(0, result.exitCode, result.output);
    assertTrue(result.output.contains("Every message arrived exactly once."), result.output);
    assertTrue(!result.output.contains("WARN"), result.output);
  }

  private static Result run(String command) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "-jar", JAR.toString(), command));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Result(process.waitFor(), output);
    } finally {
      process.destroyForcibly();
    }
  }

  private record Result(int exitCode, String output) {}
}
