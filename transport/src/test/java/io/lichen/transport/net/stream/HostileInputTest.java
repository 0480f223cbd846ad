// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.transport.Suite;
import io.lichen.transport.net.Faults;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An authentic peer that says anything at all. */
class HostileInputTest {
  private static final long STREAM = 77;

  @Test
  void shouldTakeAnyControlMessageWithoutHarm() {
    long seed = Suite.seed();
    Random random = new Random(seed);
    SimLink link = new SimLink(seed, Faults.none(1));
    SimPeer ours = new SimPeer(link, 0);
    new ScriptedPeer(link, 1);
    byte[] good =
        ByteBufUtil.getBytes(
            Unpooled.buffer().writeLongLE(STREAM).writeLongLE(3).writeLongLE(5).writeLongLE(7));
    for (int i = 0; i < Suite.inputs(); i++) {
      if (i % 100 == 0) {
        ours.send(STREAM, true, 3, 64, 1);
        link.run(Faults.MS);
      }
      byte[] message = Suite.mutate(random, good, 300);
      ours.streams.onControl(
          0x0B00 + random.nextInt(5), Unpooled.wrappedBuffer(message), link.nowNs());
      if (i % 10 == 0) {
        ours.streams.flush(link.nowNs());
      }
    }
    assertTrue(ours.count(StreamCounters.Event.BAD_CONTROL) > 0, "seed " + seed);
    assertEquals(0, ours.leakedBytes(), "seed " + seed);
  }

  @Test
  void shouldTakeAnyPacketWithoutHarmAndDeliverNoSequenceTwice() {
    long seed = Suite.seed();
    Random random = new Random(seed);
    SimLink link = new SimLink(seed, Faults.none(1));
    SimPeer ours = new SimPeer(link, 0);
    ScriptedPeer peer = new ScriptedPeer(link, 1);
    for (int i = 0; i < Suite.inputs(); i++) {
      long sequence = random.nextInt(20) == 0 ? random.nextLong() : random.nextInt(i / 10 + 10);
      // Without 0x40, which moves on, and without resets a sequence is delivered once.
      peer.say(STREAM + random.nextInt(3), sequence, random.nextInt(256) | 1, sequence);
      byte[] frames = new byte[random.nextInt(16)];
      random.nextBytes(frames);
      link.send(1, any(random, frames));
      if (i % 8 == 0) {
        link.run(random.nextInt(3) * Faults.MS);
      }
    }
    link.run(100_000 * Faults.MS);
    for (long stream = STREAM; stream < STREAM + 3; stream++) {
      Set<Long> once = new HashSet<>(ours.delivered(stream));
      assertEquals(once.size(), ours.delivered(stream).size(), "seed " + seed);
    }
    assertEquals(0, ours.leakedBytes(), "seed " + seed);
  }

  private static SimDatagram any(Random random, byte[] frames) {
    return new SimDatagram(
        random.nextInt(50),
        random.nextInt(300),
        random.nextInt(256),
        0,
        random.nextInt(3),
        random.nextInt(3),
        random.nextInt(4),
        random.nextInt(12),
        random.nextInt(20),
        random.nextInt(3),
        frames);
  }
}
