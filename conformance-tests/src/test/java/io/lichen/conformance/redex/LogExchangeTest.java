// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.redex;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.conformance.Skip;
import io.lichen.conformance.net.NativePackage;
import io.lichen.conformance.net.NativeVersion;
import io.lichen.redex.Redex;
import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexFile;
import io.lichen.redex.RedexRecord;
import io.lichen.redex.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lichen and the native make the same calls on a log each, and exchange them after every closing:
 * the files must be equal, and what the other one wrote must be there.
 */
class LogExchangeTest {
  private static final int SEQUENCES =
      "full".equals(System.getProperty("lichen.suite")) ? 1000 : 100;
  private static final int TURNS = 4;
  private static final NativeVersion VERSION = NativeVersion.V0_34;
  private static final String NAME = "lab/log";

  private final long seed = Long.getLong("lichen.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void shouldWriteTheNativesFilesAndReadThem(@TempDir Path folder) throws IOException {
    Skip.unless(
        NativePackage.python(VERSION).isPresent(),
        LogExchangeTest.class,
        NativePackage.howToGet(VERSION));
    try (NativeLogs natives = new NativeLogs(VERSION, folder.resolve("child"))) {
      for (int sequence = 0; sequence < SEQUENCES; sequence++) {
        Path here = Files.createDirectories(folder.resolve(sequence + "a"));
        Path there = Files.createDirectories(folder.resolve(sequence + "b"));
        exchange(natives, here, there, "seed " + seed + ", sequence " + sequence);
      }
    }
  }

  private void exchange(NativeLogs natives, Path one, Path other, String what) throws IOException {
    Path mine = one;
    Path theirs = other;
    for (int turn = 0; turn < TURNS; turn++) {
      List<LogCall> calls = calls();
      List<RedexRecord> read = natives.turn(theirs, NAME, calls);
      assertSame(read, mine(mine, calls), what);
      if (random.nextInt(3) == 0) {
        long keep = 1L + random.nextInt(10);
        byte[] inline = payload(8);
        alone(mine, keep, inline);
        alone(theirs, keep, inline);
      }
      assertSameFiles(theirs, mine, what);
      Path swapped = mine;
      mine = theirs;
      theirs = swapped;
    }
  }

  private static List<RedexRecord> mine(Path directory, List<LogCall> calls) {
    try (Redex redex = Redex.open(directory)) {
      RedexFile log = redex.open(NAME, RedexConfig.onDisk());
      List<RedexRecord> before = log.readRange(0, -1);
      calls.forEach(call -> call.on(log));
      return before;
    }
  }

  /** What the native's Python package has no call for. */
  private static void alone(Path directory, long keep, byte[] inline) {
    RedexConfig config = RedexConfig.onDisk().withRetention(Retention.ALL.withMaxRecords(keep));
    try (Redex redex = Redex.open(directory)) {
      RedexFile log = redex.open(NAME, config);
      log.appendInline(inline);
      log.sweepRetention();
    }
  }

  private List<LogCall> calls() {
    List<LogCall> calls = new ArrayList<>();
    for (int count = random.nextInt(12); count > 0; count--) {
      calls.add(
          switch (random.nextInt(8)) {
            case 0 -> new LogCall.Sync();
            case 1, 2 -> new LogCall.Batch(payloads());
            default -> new LogCall.Append(payload(random.nextInt(200)));
          });
    }
    return calls;
  }

  private List<byte[]> payloads() {
    List<byte[]> payloads = new ArrayList<>();
    for (int count = random.nextInt(6); count > 0; count--) {
      payloads.add(payload(random.nextInt(20)));
    }
    return payloads;
  }

  private byte[] payload(int length) {
    byte[] payload = new byte[length];
    random.nextBytes(payload);
    return payload;
  }

  private static void assertSame(List<RedexRecord> theirs, List<RedexRecord> mine, String what) {
    assertEquals(theirs.size(), mine.size(), what);
    for (int i = 0; i < mine.size(); i++) {
      RedexRecord expected = theirs.get(i);
      RedexRecord record = mine.get(i);
      assertEquals(expected.seq(), record.seq(), what);
      assertEquals(expected.checksum(), record.checksum(), what);
      assertEquals(expected.inline(), record.inline(), what);
      assertArrayEquals(expected.payload(), record.payload(), what);
    }
  }

  private static void assertSameFiles(Path theirs, Path mine, String what) throws IOException {
    for (String name : List.of("manifest", "idx", "dat")) {
      assertArrayEquals(
          Files.readAllBytes(find(theirs, name)),
          Files.readAllBytes(find(mine, name)),
          () -> what + ": " + name);
    }
    assertEquals(Files.size(find(theirs, "ts")), Files.size(find(mine, "ts")), what);
  }

  private static Path find(Path directory, String name) throws IOException {
    try (var files = Files.walk(directory)) {
      return files.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
    }
  }
}
