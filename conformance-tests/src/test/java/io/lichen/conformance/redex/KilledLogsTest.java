// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.redex;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.conformance.Skip;
import io.lichen.conformance.child.Children;
import io.lichen.conformance.net.NativePackage;
import io.lichen.conformance.net.NativeVersion;
import io.lichen.redex.Redex;
import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexFile;
import io.lichen.redex.RedexRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills writers with {@code kill -9}, and lets the other runtime open what they left: whatever they
 * said was appended must be there. One kill hits several logs, each at some moment of its own.
 */
class KilledLogsTest {
  private static final int KILLS = "full".equals(System.getProperty("lichen.suite")) ? 60 : 5;
  private static final int MOST_APPENDS = 6000;
  private static final NativeVersion VERSION = NativeVersion.V0_34;
  private static final List<String> NAMES =
      IntStream.range(0, 6).mapToObj(i -> "killed/" + i).toList();

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  Path folder;

  private final long seed = Long.getLong("lichen.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @BeforeEach
  void find() {
    Skip.unless(
        NativePackage.python(VERSION).isPresent(),
        KilledLogsTest.class,
        NativePackage.howToGet(VERSION));
  }

  private static List<Long> killed(KilledWriter writer) {
    List<Long> nexts = writer.kill();
    assertTrue(nexts.stream().anyMatch(next -> next > 0), "the writer did nothing");
    return nexts;
  }

  private int appends() {
    return NAMES.size() + random.nextInt(MOST_APPENDS);
  }

  @Test
  void shouldLeaveTheNativeAllThatAKilledLichenAcknowledged() {
    try (Children children = new Children(folder.resolve("children"));
        NativeLogs natives = new NativeLogs(VERSION, folder.resolve("child"))) {
      long[] acknowledged = new long[NAMES.size()];
      for (int kill = 0; kill < KILLS; kill++) {
        List<Long> nexts = killed(KilledWriter.lichen(children, folder, NAMES, appends()));
        for (int i = 0; i < NAMES.size(); i++) {
          acknowledged[i] = Math.max(acknowledged[i], nexts.get(i));
          List<RedexRecord> found = natives.turn(folder, NAMES.get(i), List.of());
          check(found, acknowledged[i], LogWriter.KEPT, NAMES.get(i));
        }
      }
    }
  }

  @Test
  void shouldFindAllThatAKilledNativeAcknowledged() {
    try (Children children = new Children(folder.resolve("children"))) {
      long[] acknowledged = new long[NAMES.size()];
      for (int kill = 0; kill < KILLS; kill++) {
        List<Long> nexts =
            killed(KilledWriter.ofNative(VERSION, children, folder, NAMES, appends()));
        for (int i = 0; i < NAMES.size(); i++) {
          acknowledged[i] = Math.max(acknowledged[i], nexts.get(i));
          check(goneOn(NAMES.get(i)), acknowledged[i], Long.MAX_VALUE, NAMES.get(i));
        }
      }
    }
  }

  /** What is in the log; then appends to it. */
  private List<RedexRecord> goneOn(String name) {
    try (Redex redex = Redex.open(folder)) {
      RedexFile log = redex.open(name, RedexConfig.onDisk());
      List<RedexRecord> found = log.readRange(0, -1);
      assertEquals(found.size(), log.append(LogWriter.payload(found.size())));
      return found;
    }
  }

  /** The newest records are there, so many at least, and they are what was written. */
  private void check(List<RedexRecord> found, long acknowledged, long kept, String name) {
    String what = name + ", seed " + seed;
    assertTrue(
        found.size() >= Math.min(acknowledged, kept),
        () -> what + ": " + acknowledged + " acknowledged, found " + found.size());
    long first = found.isEmpty() ? 0 : found.getFirst().seq();
    for (int i = 0; i < found.size(); i++) {
      assertEquals(first + i, found.get(i).seq(), what);
      assertArrayEquals(LogWriter.payload(first + i), found.get(i).payload(), what);
    }
    assertTrue(
        first + found.size() >= acknowledged,
        () -> what + ": " + acknowledged + " acknowledged, the last found " + found.getLast());
  }
}
