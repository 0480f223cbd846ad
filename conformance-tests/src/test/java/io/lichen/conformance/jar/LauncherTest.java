// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.jar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The launcher beside the jar, as it is installed, and the cache that it makes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LauncherTest {
  private static final boolean FULL = "full".equals(System.getProperty("lichen.suite"));
  private static final int STARTS = 10;
  private static final double GOAL_S = 0.4;

  @SuppressWarnings("NullAway.Init") // JUnit calls install first.
  private Path folder;

  @SuppressWarnings("NullAway.Init") // JUnit calls install first.
  private Installed lichen;

  @BeforeAll
  void install(@TempDir Path place) throws Exception {
    folder = place;
    lichen = Installed.in(folder, LauncherTest.class);
    Ended warm = run("", "warm");
    assertEquals(0, warm.exitCode, warm.output);
    assertTrue(warm.output.startsWith("lichen: making "), warm.output);
    assertEquals(1, warm.output.lines().count(), warm.output);
  }

  @Test
  void shouldStartFromTheCache() throws Exception {
    assertTrue(startsFromCache(""));
  }

  @Test
  void shouldStartWithoutTheCacheWhenTheJarIsNewer() throws Exception {
    Path jar = lichen.jar();
    FileTime before = Files.getLastModifiedTime(jar);
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
    try {
      assertTrue(!startsFromCache(""));
    } finally {
      Files.setLastModifiedTime(jar, before);
    }
  }

  @Test
  void shouldStartWithoutTheCacheOfAnotherJdk() throws Exception {
    Path mark = folder.resolve("lichen.aot.for");
    String before = Files.readString(mark);
    Files.writeString(mark, "/opt/jdk-26 26+1 " + lichen.jar() + "\n");
    try {
      assertTrue(!startsFromCache(""));
    } finally {
      Files.writeString(mark, before);
    }
  }

  @Test
  void shouldStartWithOptionsThatTheCacheDoesNotGoWith() throws Exception {
    assertTrue(!startsFromCache("-XX:-UseCompactObjectHeaders"));
  }

  @Test
  void shouldListenSoon() throws Exception {
    assumeTrue(FULL, "times are taken by -Pfull");
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < STARTS; i++) {
      seconds.add(secondsUntilListening());
    }
    seconds.sort(null);
    double median = (seconds.get(STARTS / 2 - 1) + seconds.get(STARTS / 2)) / 2;
    System.out.printf(
        "START after ./lichen warm: listening in %.2f s, median of %d (%.2f to %.2f); goal %.1f s%n",
        median, STARTS, seconds.getFirst(), seconds.getLast(), GOAL_S);
  }

  /** Fails if the launcher or the JVM says anything besides. */
  private boolean startsFromCache(String options) throws Exception {
    Path classes = folder.resolve("classes");
    Files.deleteIfExists(classes);
    Ended ended = run(options + " -Xlog:class+load:file=" + classes, "--version");
    assertEquals(0, ended.exitCode, ended.output);
    assertTrue(ended.output.startsWith("lichen "), ended.output);
    assertEquals(2, ended.output.lines().count(), ended.output);
    String main =
        Files.readAllLines(classes).stream()
            .filter(line -> line.contains("io.lichen.node.Main "))
            .findFirst()
            .orElseThrow();
    return main.contains("shared objects file");
  }

  private double secondsUntilListening() throws IOException, InterruptedException {
    Path quiet =
        Files.writeString(
            folder.resolve("quiet.json"),
            "{\"trackers\":[],\"dht_enabled\":false,\"lan_discovery_enabled\":false}");
    long startNs = System.nanoTime();
    Process node =
        lichen
            .command(
                "", "node", "--mesh", "m", "--listen", "127.0.0.1:0", "--config", quiet.toString())
            .start();
    try (BufferedReader said = node.inputReader(UTF_8)) {
      String line = said.readLine();
      long tookNs = System.nanoTime() - startNs;
      assertTrue(line != null && line.contains("listens on port"), String.valueOf(line));
      node.getOutputStream().close();
      assertEquals(0, node.waitFor());
      return tookNs / 1e9;
    } finally {
      node.destroyForcibly();
    }
  }

  private Ended run(String options, String... args) throws IOException, InterruptedException {
    Process process = lichen.command(options, args).start();
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Ended(process.waitFor(), output);
    } finally {
      process.destroyForcibly();
    }
  }

  private record Ended(int exitCode, String output) {}
}
