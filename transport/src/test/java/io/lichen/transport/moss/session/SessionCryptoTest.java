// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.transport.Suite;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionCryptoTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] KEY = new byte[32];

  @Test
  void shouldDeliverAsTheReferenceDoes() {
    // Recorded: the sequence numbers of arriving packets, and whether each is delivered.
    long[] sequence = {
      0, 1, 1, 5, 3, 3, 70, 6, 7, 8, 69, 200, 136, 137, 137, 264, 200, 201, 1L << 40, 264
    };
    String delivered = "11011010111101010110";
    ReplayWindow window = new ReplayWindow();
    for (int i = 0; i < sequence.length; i++) {
      boolean fresh = window.isFresh(sequence[i]);
      assertEquals(delivered.charAt(i) == '1', fresh, "packet " + i);
      if (fresh) {
        window.mark(sequence[i]);
      }
    }
  }

  @Test
  void shouldAgreeWithPlainMemoryOfNumbers() {
    long seed = Suite.seed();
    Random random = new Random(seed);
    // Unsigned numbers: small ones, across the sign bit, and near the end.
    long[] bases = {0, Long.MAX_VALUE - 150, -400};
    for (int round = 0; round < 300; round++) {
      long base = bases[round % bases.length];
      ReplayWindow window = new ReplayWindow();
      Set<Integer> seen = new HashSet<>();
      int highest = -1;
      for (int i = 0; i < 400; i++) {
        int offset = Math.clamp(i * 3 / 4 + random.nextInt(160) - 120, 0, 399);
        boolean recent = highest - offset < ReplayWindow.SIZE;
        boolean expected = recent && !seen.contains(offset);
        boolean fresh = window.isFresh(base + offset);

        assertEquals(expected, fresh, "seed " + seed + " round " + round + " packet " + i);
        if (fresh) {
          window.mark(base + offset);
          seen.add(offset);
          highest = Math.max(highest, offset);
        }
      }
    }
  }

  @Test
  void shouldNotLetForgedPacketAdvanceTheWindow() {
    byte[] key = HEX.parseHex("46512aa646909aa79ea079052c6440265acfb55f446bc4bc06d95f673621d61b");
    UdpPacketOpener opener = new UdpPacketOpener(key);
    // Recorded: a forged packet numbered 1000, a good one numbered 3, a short one.
    String[] packets = {
      "00000000000003e8e217a101472b1036852a5cd63962ca7b26",
      "0000000000000003d364edb4cf85367fcfae3381453ef02264",
      "0000000000000003d364edb4cf85367fcfae3381453ef0"
    };
    int[] lengths = new int[packets.length];
    for (int i = 0; i < packets.length; i++) {
      byte[] packet = HEX.parseHex(packets[i]);
      lengths[i] = opener.open(packet, 0, packet.length);
    }

    assertArrayEquals(new int[] {-1, 1, -1}, lengths);
  }

  @Test
  void shouldOpenEveryUdpPacketOnceInAnyOrder() {
    UdpPacketSealer sealer = new UdpPacketSealer(KEY);
    UdpPacketOpener opener = new UdpPacketOpener(KEY);
    List<byte[]> packets = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      byte[] out = new byte[64];
      int length = sealer.seal(1, new byte[] {(byte) i}, out, 3);
      packets.add(Arrays.copyOfRange(out, 3, 3 + length));
    }
    Collections.shuffle(packets, new Random(5));
    for (byte[] packet : packets) {
      assertEquals(5, opener.open(packet.clone(), 0, packet.length));
      assertEquals(-1, opener.open(packet.clone(), 0, packet.length));
    }
  }

  @Test
  void shouldRefuseRandomAndMutatedPackets() {
    long seed = Suite.seed();
    Random random = new Random(seed);
    byte[] out = new byte[100];
    int length = new UdpPacketSealer(KEY).seal(1, new byte[60], out, 0);
    byte[] good = Arrays.copyOf(out, length);
    UdpPacketOpener opener = new UdpPacketOpener(KEY);
    for (int i = 0; i < Suite.inputs(); i++) {
      byte[] input = Suite.mutate(random, good, 120);
      if (!Arrays.equals(input, good)) {
        int opened = opener.open(input, 0, input.length);
        assertEquals(-1, opened, "seed " + seed + " input " + i);
      }
    }
    assertTrue(opener.open(good, 0, good.length) >= 0);
  }

  @Test
  void shouldCutAnyStreamIntoTheSameFrames() {
    long seed = Suite.seed();
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      TcpFrameSealer sealer = new TcpFrameSealer(KEY);
      TcpFrameOpener opener = new TcpFrameOpener(KEY);
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      List<byte[]> sent = new ArrayList<>();
      int frames = 1 + random.nextInt(20);
      for (int i = 0; i < frames; i++) {
        byte[] payload =
            new byte[random.nextInt(10) == 0 ? random.nextInt(5000) : random.nextInt(30)];
        random.nextBytes(payload);
        byte[] frame = new byte[payload.length + TcpFrameSealer.OVERHEAD_BYTES];
        assertEquals(frame.length, sealer.seal(1, payload, frame, 0));
        stream.writeBytes(frame);
        sent.add(payload);
      }
      List<byte[]> received = new ArrayList<>();
      FrameAssembler assembler =
          new FrameAssembler(
              16,
              1 << 20,
              (buffer, offset, length) -> {
                int packet = opener.open(buffer, offset, length);
                received.add(Arrays.copyOfRange(buffer, offset + 4, offset + packet));
                return true;
              });
      feedInPortions(random, assembler, stream.toByteArray());

      assertEquals(sent.size(), received.size(), "seed " + seed);
      for (int i = 0; i < frames; i++) {
        assertArrayEquals(sent.get(i), received.get(i), "seed " + seed + " frame " + i);
      }
    }
  }

  private static void feedInPortions(Random random, FrameAssembler assembler, byte[] octets) {
    int most = random.nextBoolean() ? 7 : 3000;
    int position = 0;
    while (position < octets.length) {
      int length = Math.min(1 + random.nextInt(most), octets.length - position);
      byte[] portion = Arrays.copyOfRange(octets, position, position + length);
      assertTrue(assembler.accept(portion, 0, length));
      position += length;
    }
  }

  @Test
  void shouldStopAtLengthsOutOfRange() {
    for (String prefix : List.of("00000000", "0000000f", "00010001", "ffffffff", "80000000")) {
      byte[] octets = HEX.parseHex(prefix);
      FrameAssembler whole = new FrameAssembler(16, 1 << 16, (b, o, l) -> true);
      FrameAssembler single = new FrameAssembler(16, 1 << 16, (b, o, l) -> true);

      assertEquals(false, whole.accept(octets, 0, 4), prefix);
      assertTrue(single.accept(octets, 0, 3));
      assertEquals(false, single.accept(octets, 3, 1), prefix);
    }
  }
}
