// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.topic.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.lichen.core.topic.engine.TopicFrame.Fetch;
import io.lichen.core.topic.engine.TopicFrame.Given;
import io.lichen.core.topic.engine.TopicFrame.Keys;
import io.lichen.core.topic.engine.TopicFrame.Listing;
import io.lichen.core.topic.engine.TopicFrame.Messages;
import io.lichen.core.topic.engine.TopicFrame.Offer;
import io.lichen.core.topic.engine.TopicRecord.Held;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TopicFramesTest {
  private static final int INPUTS =
      "full".equals(System.getProperty("lichen.suite")) ? 1_000_000 : 100_000;
  private static final TopicKey KEY = new TopicKey(0x0102030405060708L, 0x090a0b0c0d0e0f10L);

  private static final List<TopicFrame> FRAMES =
      List.of(
          new Offer(3, 9),
          new Listing(0x01020304, 5, KEY, 1024),
          new Keys(7, 5, 9, List.of(new Held(KEY, 77), Held.NOTHING)),
          new Fetch(8, List.of(5L, 6L)),
          new Messages(9, 2, List.of(new Given(5, 77, new byte[] {1, 2}))));

  @Test
  void shouldWriteTheOctetsOfTheWirePage() {
    assertEquals(
        "0101" + "0200" + "6368" + "0300000000000000" + "0900000000000000", hex(FRAMES.get(0)));
    assertEquals(
        "010202006368"
            + "04030201"
            + "0500000000000000"
            + "0102030405060708090a0b0c0d0e0f10"
            + "0004",
        hex(FRAMES.get(1)));
    assertEquals(
        "010302006368"
            + "07000000"
            + "0500000000000000"
            + "0900000000000000"
            + "0200"
            + "0102030405060708090a0b0c0d0e0f10"
            + "4d00000000000000"
            + "00".repeat(24),
        hex(FRAMES.get(2)));
    assertEquals(
        "010402006368" + "08000000" + "0200" + "0500000000000000" + "0600000000000000",
        hex(FRAMES.get(3)));
    assertEquals(
        "010502006368"
            + "09000000"
            + "0200"
            + "0100"
            + "0500000000000000"
            + "4d00000000000000"
            + "02000000"
            + "0102",
        hex(FRAMES.get(4)));
  }

  private static String hex(TopicFrame frame) {
    return HexFormat.of().formatHex(TopicFrames.encode("ch", frame));
  }

  @Test
  void shouldReadWhatItWrites() {
    for (TopicFrame frame : FRAMES) {
      byte[] octets = TopicFrames.encode("chännel", frame);
      TopicFrames.Addressed read = TopicFrames.decode(octets);
      assertNotNull(read);
      assertEquals("chännel", read.topic());
      assertArrayEquals(octets, TopicFrames.encode("chännel", read.frame()));
    }
  }

  @Test
  void shouldRefuseFramesThatAreTooShortOrTooLong() {
    for (TopicFrame frame : FRAMES) {
      byte[] octets = TopicFrames.encode("ch", frame);
      for (int length = 0; length < octets.length; length++) {
        assertNull(TopicFrames.decode(Arrays.copyOf(octets, length)), frame + " cut at " + length);
      }
      assertNull(TopicFrames.decode(Arrays.copyOf(octets, octets.length + 1)), frame.toString());
    }
  }

  @Test
  void shouldReadWhateverComesWithoutThrowing() {
    Random random = new Random(1);
    for (int i = 0; i < INPUTS; i++) {
      byte[] octets = TopicFrames.encode("ch", FRAMES.get(random.nextInt(FRAMES.size())));
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        octets[random.nextInt(octets.length)] = (byte) random.nextInt();
      }
      TopicFrames.Addressed read = TopicFrames.decode(octets);
      if (read != null) {
        TopicFrames.encode(read.topic(), read.frame());
      }
    }
  }
}
