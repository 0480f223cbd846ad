// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories and processes that cannot keep logs: a clear error, and nothing is lost. */
class BadPlaceTest {
  private static final String FILES_LIMIT = "150";

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  Path directory;

  private static String refused(Runnable call) {
    RedexException refusal = assertThrows(RedexException.class, call::run);
    assertEquals(RedexError.IO, refusal.error(), refusal.getMessage());
    return String.valueOf(refusal.getMessage());
  }

  private static void remove(Path path) throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void shouldRefuseADirectoryThatCannotBeMade() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    refused(() -> Redex.open(file.resolve("logs")));
  }

  @Test
  void shouldRefuseADirectoryThatCannotBeWritten() {
    // Root may write anywhere but in file systems that nobody can write.
    Path fixed = Path.of("/proc/self");
    assumeTrue(Files.isDirectory(fixed), "there is no /proc");
    refused(() -> Redex.open(fixed));
  }

  @Test
  void shouldGoOnWithALogThatCannotBeSweptForWantOfADirectory() throws IOException {
    try (Redex redex = Redex.open(directory)) {
      RedexFile log = redex.open("a", RedexConfig.onDisk());
      log.append(new byte[] {1});
      // Where the next generation would be.
      Path next = Files.createDirectory(directory.resolve("a/v0000000002"));
      Files.createFile(next.resolve("idx"));
      Files.createDirectory(next.resolve("dat"));
      log.compact(0);
      assertEquals(1, log.append(new byte[] {2}));
      assertEquals(2, log.size());
    }
  }

  @Test
  void shouldSayThatADirectoryVanished() throws IOException {
    Redex redex = Redex.open(directory);
    RedexFile log = redex.open("a/b", RedexConfig.onDisk());
    RedexFile other = redex.open("c", RedexConfig.onDisk());
    RedexFile forced =
        redex.open("d", RedexConfig.onDisk().withDurability(new Durability.BatchSync()));
    log.append("kept in memory".getBytes(UTF_8));
    for (String name : List.of("a", "d")) {
      remove(directory.resolve(name));
    }
    assertTrue(refused(() -> forced.append(new byte[1])).contains("removed"));
    assertTrue(refused(log::sync).contains("removed"));
    assertEquals(1, log.size(), "what was written can still be read");
    other.append(new byte[1]);
    other.sync();
    assertThrows(RedexException.class, redex::close);
    try (Redex again = Redex.open(directory)) {
      assertEquals(1, again.open("c", RedexConfig.onDisk()).size());
      assertEquals(0, again.open("a/b", RedexConfig.onDisk()).size());
    }
  }

  @Test
  void shouldKeepEveryRecordWhereNoMoreFilesMayBeOpened() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no shell to set the limit");
    Process process =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                "ulimit -n " + FILES_LIMIT + " && exec \"$@\"",
                "sh",
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:-MaxFDLimit",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ManyLogs.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertEquals(0, process.waitFor(), said);
    assertTrue(said.startsWith("IO "), said);
    int logs = Integer.parseInt(said.substring(3));
    assertTrue(logs > 5, said);
    try (Redex redex = Redex.open(directory)) {
      for (int i = 0; i < logs; i++) {
        assertEquals(i == 0 ? 1 : 2, redex.open(ManyLogs.name(i), RedexConfig.onDisk()).size());
      }
    }
  }
}
