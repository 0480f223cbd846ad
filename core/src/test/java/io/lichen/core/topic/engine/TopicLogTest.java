// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.topic.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.topic.TopicMessage;
import io.lichen.redex.Redex;
import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicLogTest {
  private static final int MANY = 1 << 20;

  private final TopicCounters counters = new TopicCounters();
  private long nowMs = System.currentTimeMillis();

  private TopicLog over(RedexFile file, int maxKeys) {
    return new TopicLog(file, maxKeys, () -> nowMs, counters);
  }

  private TopicRecord message(String text) {
    return TestRecords.of(text, nowMs);
  }

  @Test
  void shouldWriteTheOctetsOfTheWirePage() {
    TopicRecord record =
        new TopicRecord(
            TopicRecord.MOSS,
            0x0102030405060708L,
            9,
            new TopicKey(0x1112131415161718L, 0x2122232425262728L),
            new byte[] {1, 2},
            new byte[] {3},
            new byte[] {4, 5});
    assertEquals(
        "01010201"
            + "0807060504030201"
            + "0900000000000000"
            + "11121314151617182122232425262728"
            + "0102"
            + "03"
            + "0405",
        HexFormat.of().formatHex(record.encode()));
  }

  @Test
  void shouldTakeNoOtherRecordForAMessage() {
    byte[] octets = message("text").encode();
    assertNotNull(TopicRecord.decode(octets));
    assertNull(TopicRecord.decode(new byte[0]));
    assertNull(TopicRecord.decode(Arrays.copyOf(octets, TopicRecord.HEADER_BYTES + 31)));
    byte[] later = octets.clone();
    later[0] = 2;
    assertNull(TopicRecord.decode(later));
    byte[] otherWire = octets.clone();
    otherWire[1] = 3;
    assertNull(TopicRecord.decode(otherWire));
  }

  @Test
  void shouldKnowCopiesOfWhatItHeldBeforeARestart(@TempDir Path directory) {
    try (Redex redex = Redex.open(directory)) {
      TopicLog log = over(redex.open("t", RedexConfig.onDisk()), MANY);
      assertEquals(OptionalLong.of(0), log.append(message("a")));
      log.file().append(new byte[] {1, 2, 3});
      assertEquals(OptionalLong.of(2), log.append(message("b")));
    }
    try (Redex redex = Redex.open(directory)) {
      TopicLog log = over(redex.open("t", RedexConfig.onDisk()), MANY);
      assertEquals(OptionalLong.empty(), log.append(message("a")));
      assertEquals(OptionalLong.empty(), log.append(message("b")));
      assertEquals(OptionalLong.of(3), log.append(message("c")));
      assertEquals(2, counters.duplicates.sum());
      assertArrayEquals(message("b").payload(), log.read(2).orElseThrow().payload());
      assertTrue(log.read(1).isEmpty());
    }
  }

  @Test
  void shouldSayOfWhatItMayHaveForgottenThatItMayHaveHadIt() {
    try (Redex redex = Redex.inMemory()) {
      RedexFile file = redex.open("t", RedexConfig.inMemory());
      TopicLog log = over(file, 2);
      log.append(message("a"));
      nowMs += 1_000_000;
      log.append(message("b"));
      assertFalse(log.mayHaveForgotten(0), "it has forgotten nothing yet");
      log.append(message("c"));
      assertFalse(log.has(message("a").key()));
      assertTrue(log.mayHaveForgotten(nowMs - 1_000_000 + TopicLimits.SLACK_MS));
      assertFalse(log.mayHaveForgotten(nowMs));
      // Opened anew, it goes by the time of the oldest record that it reads.
      TopicLog again = over(file, 2);
      assertTrue(again.has(message("b").key()));
      assertTrue(again.has(message("c").key()));
      assertFalse(again.has(message("a").key()));
      assertTrue(again.mayHaveForgotten(System.currentTimeMillis()));
      assertFalse(again.mayHaveForgotten(System.currentTimeMillis() + 2 * TopicLimits.SLACK_MS));
    }
  }

  @Test
  void shouldCountNoMessageAsHeardLaterThanNow() {
    try (Redex redex = Redex.inMemory()) {
      TopicLog log = over(redex.open("t", RedexConfig.inMemory()), MANY);
      log.append(TestRecords.of("a", nowMs + 5_000));
      assertEquals(nowMs, log.read(0).orElseThrow().heardMs());
    }
  }

  @Test
  void shouldReadFromATimeOn() throws Exception {
    try (Redex redex = Redex.inMemory()) {
      RedexFile file = redex.open("t", RedexConfig.inMemory());
      TopicLog log = over(file, MANY);
      for (int i = 0; i < 100; i++) {
        log.append(message("m" + i));
      }
      for (long seq : new long[] {0, 1, 50, 99}) {
        long unixNs = file.read(seq).orElseThrow().unixNs();
        long first = LogReader.firstSince(file, unixNs);
        assertTrue(first <= seq && file.read(first).orElseThrow().unixNs() == unixNs);
        assertTrue(first == 0 || file.read(first - 1).orElseThrow().unixNs() < unixNs);
      }
      assertEquals(100, LogReader.firstSince(file, Long.MAX_VALUE));
      assertEquals(0, LogReader.firstSince(file, 0));
    }
  }

  @Test
  void shouldPassOverWhatIsNoMessage() throws Exception {
    try (Redex redex = Redex.inMemory()) {
      RedexFile file = redex.open("t", RedexConfig.inMemory());
      file.append(new byte[] {9});
      over(file, MANY).append(message("a"));
      try (LogReader reader = new LogReader(file.tail(0))) {
        TopicMessage read = reader.next(Duration.ZERO);
        assertNotNull(read);
        assertEquals(1, read.offset());
        assertNull(reader.next(Duration.ofMillis(1)));
      }
    }
  }
}
