// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.codec;

import static io.lichen.transport.net.Recording.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.transport.Suite;
import io.lichen.transport.net.Recording;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventFramesTest {
  private final EventFrames frames = new EventFrames();

  @Test
  void shouldReadWhatTheReferenceReads() {
    for (String[] row : Recording.cases("frames.txt")) {
      List<String> events = read(hex(row[0]), Integer.parseInt(row[1]));

      assertEquals(row[2], events.isEmpty() ? "none" : String.join(",", events), row[0]);
    }
  }

  @Test
  void shouldWriteWhatTheReferenceWrites() {
    for (String[] row : Recording.cases("frames.txt")) {
      List<String> events = read(hex(row[0]), Integer.parseInt(row[1]));
      ByteBuf payload = Unpooled.buffer();
      for (String event : events) {
        byte[] bytes = hex(event);
        EventFrames.append(payload, bytes, 0, bytes.length);
      }
      byte[] written = new byte[payload.readableBytes()];
      payload.readBytes(written);

      if (events.size() == Integer.parseInt(row[1])) {
        assertArrayEquals(hex(row[0]), written);
      }
    }
  }

  @Test
  void shouldSayThatTheSecondEventIsCutShort() {
    ByteBuf payload = Unpooled.wrappedBuffer(hex("0200000061620500000061"));
    frames.of(payload, 3);

    assertTrue(frames.next());
    assertFalse(frames.next());
    assertTrue(frames.isTruncated());
    assertFalse(frames.next());
  }

  @Test
  void shouldIgnoreWhatFollowsTheLastEvent() {
    assertEquals(List.of("61"), read(hex("0100000061ff"), 1));
    assertFalse(frames.isTruncated());
  }

  @Test
  void shouldNeverReadBeyondThePayload() {
    long seed = Suite.seed();
    Random random = new Random(seed);
    byte[] good = hex("0200000061620000000005000000aabbccddee");
    for (int i = 0; i < Suite.inputs(); i++) {
      byte[] input = Suite.mutate(random, good, 64);
      ByteBuf payload = Unpooled.wrappedBuffer(input);
      frames.of(payload, random.nextInt(6));
      while (frames.next()) {
        assertTrue(frames.offset() >= 4 && frames.length() >= 0, "seed " + seed);
        assertTrue(frames.offset() + frames.length() <= input.length, "seed " + seed);
      }
    }
  }

  private List<String> read(byte[] bytes, int count) {
    List<String> events = new ArrayList<>();
    frames.of(Unpooled.wrappedBuffer(bytes), count);
    while (frames.next()) {
      String event =
          HexFormat.of().formatHex(bytes, frames.offset(), frames.offset() + frames.length());
      events.add(event.isEmpty() ? "-" : event);
    }
    return events;
  }
}
