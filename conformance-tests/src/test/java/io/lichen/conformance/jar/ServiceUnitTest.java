// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.jar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.conformance.Skip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit of packaging/systemd, as systemd itself judges it. */
class ServiceUnitTest {
  private static final Path UNIT = Path.of("..", "packaging", "systemd", "lichen.service");
  private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");

  /** In tenths, from 0 (may do nothing) to 100. */
  private static final int MAX_EXPOSURE = 20;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path folder;

  @BeforeEach
  void assumeSystemd() {
    Skip.unless(Files.isExecutable(ANALYZE), ServiceUnitTest.class, "no systemd-analyze");
  }

  @Test
  void shouldBeUnderstoodWithoutARemark() throws Exception {
    // Only programs that are there count as right.
    String unit = Files.readString(UNIT).replace("/opt/lichen/lichen node", "/bin/true");
    Path copy = Files.writeString(folder.resolve("lichen.service"), unit);
    assertEquals("", analyze("verify", "--man=no", copy.toString()));
  }

  @Test
  void shouldLeaveTheNodeLittleThatItMayDo() throws Exception {
    analyze("security", "--offline=true", "--threshold=" + MAX_EXPOSURE, UNIT.toString());
  }

  private static String analyze(String... args) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(ANALYZE.toString()));
    line.addAll(List.of(args));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }
}
