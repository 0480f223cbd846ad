// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.redex.disk.SimDisk;
import io.lichen.redex.log.LogFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opens logs whose files were damaged in every way that a small log can be. */
class DamageTest {
  private static final int RECORDS = 12;
  private static final String GENERATION = "v0000000001";
  private static final String INDEX = GENERATION + "/idx";
  private static final String DATA = GENERATION + "/dat";
  private static final Path DIRECTORY = Path.of("/base/a");
  private static final List<String> FILES =
      List.of("manifest", "lichen.seq", INDEX, DATA, GENERATION + "/ts");

  private SimDisk disk = new SimDisk();
  private final Random random = new Random(4711);
  private final List<byte[]> payloads = new ArrayList<>();
  private final Map<String, byte[]> files = new HashMap<>();

  private LogFile open() {
    return LogFile.onDisk("a", RedexConfig.onDisk(), disk, DIRECTORY, () -> 1);
  }

  @BeforeEach
  void write() throws IOException {
    LogFile log = open();
    for (int i = 0; i < RECORDS; i++) {
      byte[] payload = new byte[i % 3 == 1 ? 8 : 1 + random.nextInt(20)];
      random.nextBytes(payload);
      payloads.add(payload);
      if (i % 3 == 1) {
        log.appendInline(payload);
      } else {
        log.append(payload);
      }
    }
    log.close();
    for (String name : FILES) {
      files.put(name, disk.read(DIRECTORY.resolve(name)));
    }
  }

  /** The files as they were, but for one. */
  private void damage(String name, byte[] content) throws IOException {
    disk = new SimDisk();
    for (String file : FILES) {
      disk.put(DIRECTORY.resolve(file), file.equals(name) ? content : original(file));
    }
  }

  private byte[] original(String name) {
    return files.getOrDefault(name, new byte[0]).clone();
  }

  /** The numbers that are left; each with the payload it was written with. */
  private List<Long> survivors(String what) {
    LogFile log = open();
    List<Long> seqs = new ArrayList<>();
    for (RedexRecord record : log.readRange(0, -1)) {
      byte[] expected =
          record.seq() >= 0 && record.seq() < RECORDS
              ? payloads.get((int) record.seq())
              : new byte[0];
      assertTrue(isSame(record, expected), () -> what + ": record " + record.seq());
      seqs.add(record.seq());
    }
    long next = log.append(new byte[] {1});
    assertTrue(seqs.isEmpty() || next > seqs.getLast(), what);
    assertEquals(seqs.size() + 1, log.size(), what);
    log.close();
    return seqs;
  }

  private static boolean isSame(RedexRecord record, byte[] expected) {
    return Arrays.equals(expected, record.payload());
  }

  @ParameterizedTest
  @ValueSource(strings = {"idx", "dat"})
  void shouldKeepAPrefixOfAFileThatWasCutAnywhere(String name) throws IOException {
    String file = GENERATION + "/" + name;
    byte[] whole = original(file);
    for (int length = 0; length <= whole.length; length++) {
      damage(file, Arrays.copyOf(whole, length));
      List<Long> seqs = survivors(name + " of " + length);
      for (int i = 0; i < seqs.size(); i++) {
        assertEquals(i, seqs.get(i));
      }
      if (length == whole.length) {
        assertEquals(RECORDS, seqs.size());
      }
    }
  }

  @Test
  void shouldLoseNoMoreThanTheRecordWhosePayloadWasFlipped() throws IOException {
    byte[] whole = original(DATA);
    for (int bit = 0; bit < whole.length * 8; bit++) {
      damage(DATA, flipped(whole, bit));
      assertEquals(RECORDS - 1, survivors("dat bit " + bit).size());
    }
  }

  /** A number that was flipped to another one that fits is not to be told from a right one. */
  @Test
  void shouldGiveNoWrongPayloadWhicheverBitOfTheIndexIsFlipped() throws IOException {
    byte[] whole = original(INDEX);
    for (int bit = 0; bit < whole.length * 8; bit++) {
      if (bit % 160 >= 64) {
        damage(INDEX, flipped(whole, bit));
        boolean isReserved = bit % 160 >= 156 && bit % 160 < 159;
        int lost = RECORDS - survivors("idx bit " + bit).size();
        assertTrue(isReserved ? lost == 0 : lost == 1, "idx bit " + bit + ": " + lost);
      }
    }
  }

  @Test
  void shouldOpenWhicheverBitOfTheOtherFilesIsFlipped() throws IOException {
    for (String file : List.of("manifest", "lichen.seq", GENERATION + "/ts")) {
      byte[] whole = original(file);
      for (int bit = 0; bit < whole.length * 8; bit++) {
        damage(file, flipped(whole, bit));
        assertEquals(RECORDS, survivors(file + " bit " + bit).size());
      }
    }
  }

  @Test
  void shouldGiveNoNumberTwiceAfterTheLastRecordWasDamaged() throws IOException {
    byte[] data = original(DATA);
    damage(DATA, flipped(data, data.length * 8 - 1));
    LogFile log = open();
    assertEquals(RECORDS, log.append(new byte[1]));
    log.close();
  }

  /**
   * The checksum does not cover the number: the rest of a record that was cut in two looks right.
   */
  @Test
  void shouldNotTakeTheEndOfARecordForARecord() throws IOException {
    LogFile log = open();
    for (int i = RECORDS; i < 30; i++) {
      log.append(new byte[0]);
    }
    log.close();
    byte[] index = disk.read(DIRECTORY.resolve(INDEX));
    Arrays.fill(index, 0, 512, (byte) 0); // and 12 octets of record 25
    disk.put(DIRECTORY.resolve(INDEX), index);
    LogFile again = open();
    assertEquals(
        List.of(26L, 27L, 28L, 29L), again.readRange(0, -1).stream().map(r -> r.seq()).toList());
    again.close();
  }

  @Test
  void shouldLoseNothingToAFullDisk() {
    disk.limit(0);
    LogFile log = open();
    byte[] large = new byte[50_000];
    for (int i = 0; i < 2; i++) {
      RedexException full = assertThrows(RedexException.class, () -> log.append(large));
      assertEquals(RedexError.IO, full.error());
    }
    assertEquals(RECORDS, log.size());
    disk.limit(Long.MAX_VALUE);
    assertEquals(RECORDS, log.append(large));
    log.close();
    assertEquals(RECORDS + 1, reopenedSize());
  }

  @Test
  void shouldLoseNothingWhereNoMoreMayBeMapped() {
    LogFile log = open();
    disk.failMappings(true);
    byte[] large = new byte[50_000];
    for (int i = 0; i < 2; i++) {
      RedexException refused = assertThrows(RedexException.class, () -> log.append(large));
      assertEquals(RedexError.IO, refused.error());
      assertTrue(String.valueOf(refused.getMessage()).contains("Map failed"), refused.getMessage());
    }
    assertEquals(RECORDS, log.size());
    assertEquals(payloads.size(), log.readRange(0, -1).size());
    log.close();
    assertEquals(RedexError.IO, assertThrows(RedexException.class, this::open).error());
    disk.failMappings(false);
    LogFile again = open();
    assertEquals(RECORDS, again.append(large));
    again.close();
    assertEquals(RECORDS + 1, reopenedSize());
  }

  private long reopenedSize() {
    LogFile log = open();
    long size = log.size();
    log.close();
    return size;
  }

  private static byte[] flipped(byte[] whole, int bit) {
    byte[] flipped = whole.clone();
    flipped[bit / 8] ^= (byte) (1 << (bit % 8));
    return flipped;
  }
}
