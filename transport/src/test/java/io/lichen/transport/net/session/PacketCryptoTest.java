// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import static io.lichen.transport.net.Recording.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.crypto.ChaChaPoly;
import io.lichen.transport.Suite;
import io.lichen.transport.net.Recording;
import io.lichen.transport.net.codec.DatagramClass;
import io.lichen.transport.net.codec.EventFrames;
import io.lichen.transport.net.codec.PacketHeader;
import io.lichen.transport.net.handshake.SessionKeys;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Sealing, opening and the replay window. */
class PacketCryptoTest {
  private final PacketHeader header = new PacketHeader();

  @Test
  void shouldOpenAndSealWhatTheReferenceSealed() {
    for (String[] row : Recording.cases("aead.txt")) {
      byte[] key = hex(row[0]);
      byte[] plaintext = hex(row[2]);
      byte[] packet = hex(row[3]);
      header.wrap(packet, 0);
      long session = header.sessionId();
      byte[] aad = new byte[PacketHeader.AAD_BYTES];
      header.writeAad(aad, 0);
      assertArrayEquals(hex(row[1]), aad);

      byte[] sealed = Arrays.copyOf(packet, packet.length);
      Arrays.fill(sealed, 68, sealed.length, (byte) 0);
      if (header.counter() == 0) {
        PacketSealer sealer = new PacketSealer(key, session);
        int bytes =
            sealer.seal(
                new PacketHeader().wrap(sealed, 0), plaintext, 0, plaintext.length, sealed, 68);
        assertEquals(packet.length - 68, bytes);
        assertArrayEquals(packet, sealed);
      }
      PacketOpener opener = new PacketOpener(key, session);
      assertEquals(plaintext.length, opener.open(header, packet, 68, packet.length - 68));
      assertArrayEquals(plaintext, Arrays.copyOfRange(packet, 68, 68 + plaintext.length));
    }
  }

  @Test
  void shouldReadTheWholeRecordedSession() {
    List<String[]> rows = Recording.cases("recorded-session.txt");
    String[] keys = rows.get(1);
    SessionKeys derived = SessionKeys.derive(hex(keys[1]), true);
    assertEquals(keys[2], Long.toUnsignedString(derived.sessionId()));
    assertArrayEquals(hex(keys[3]), derived.sendKey());
    assertArrayEquals(hex(keys[4]), derived.receiveKey());
    PacketOpener fromInitiator = new PacketOpener(derived.sendKey(), derived.sessionId());
    PacketOpener fromResponder = new PacketOpener(derived.receiveKey(), derived.sessionId());
    int opened = 0;
    for (String[] row : rows.subList(2, rows.size())) {
      PacketOpener opener = row[0].equals("initiator") ? fromInitiator : fromResponder;
      opened += check(row, opener) ? 1 : 0;
    }
    assertTrue(opened > 35, opened + " packets");
  }

  /** Whether it was a packet of the session. */
  private boolean check(String[] row, PacketOpener opener) {
    byte[] datagram = hex(row[4]);
    DatagramClass expected =
        row[1].equals("pingwave") ? DatagramClass.PINGWAVE : DatagramClass.DIRECT;
    assertEquals(expected, DatagramClass.of(datagram, 0, datagram.length));
    if (expected == DatagramClass.PINGWAVE) {
      return false;
    }
    header.wrap(datagram, 0);
    assertTrue(header.isValid());
    assertEquals(row[1].equals("handshake"), header.isHandshake());
    assertEquals(row[1].equals("heartbeat"), header.isHeartbeat());
    if (header.isHandshake()) {
      return false;
    }
    int length = opener.open(header, datagram, 68, datagram.length - 68);
    byte[] plaintext = hex(row[3]);
    assertEquals(plaintext.length, length, row[1]);
    assertArrayEquals(plaintext, Arrays.copyOfRange(datagram, 68, 68 + length));
    assertEquals(row[2], events(plaintext, header.eventCount()));
    return true;
  }

  private static String events(byte[] plaintext, int count) {
    List<String> events = new ArrayList<>();
    EventFrames frames = new EventFrames().of(Unpooled.wrappedBuffer(plaintext), count);
    while (frames.next()) {
      int end = frames.offset() + frames.length();
      String event = HexFormat.of().formatHex(plaintext, frames.offset(), end);
      events.add(event.isEmpty() ? "-" : event);
    }
    return events.isEmpty() ? "none" : String.join(",", events);
  }

  @Test
  void shouldAdmitCountersAsTheReferenceDoes() {
    for (String[] row : Recording.cases("replay.txt")) {
      ReplayWindow window = new ReplayWindow();
      StringBuilder admitted = new StringBuilder();
      for (String text : row[0].split(",", -1)) {
        long counter = Long.parseUnsignedLong(text);
        boolean fresh = window.isFresh(counter);
        admitted.append(fresh ? '1' : '0');
        if (fresh) {
          window.mark(counter);
        }
      }
      assertEquals(row[1], admitted.toString(), row[0]);
    }
  }

  @Test
  void shouldRefuseTheLastCounterOfAll() {
    ReplayWindow window = new ReplayWindow();
    assertFalse(window.isFresh(-1));
    assertTrue(window.isFresh(-2));
    window.mark(-2);
    assertFalse(window.isFresh(-2));
    assertFalse(window.isFresh(-1));
    assertTrue(window.isFresh(-3));
  }

  @Test
  void shouldAgreeWithPlainMemoryOfCounters() {
    long seed = Suite.seed();
    Random random = new Random(seed);
    // Around zero, across the sign bit, and near the end.
    for (long base : new long[] {0, Long.MAX_VALUE - 5000, -12_000}) {
      ReplayWindow window = new ReplayWindow();
      Set<Integer> seen = new HashSet<>();
      int next = 0;
      for (int i = 0; i < 5000; i++) {
        int jump = random.nextInt(200) == 0 ? 1500 : 0;
        int offset = Math.max(0, next + jump - random.nextInt(1100) + 20);
        if (offset >= 11_000) {
          break;
        }
        boolean expected = offset >= next || (next - 1 - offset < 1024 && !seen.contains(offset));
        boolean fresh = window.isFresh(base + offset);
        assertEquals(expected, fresh, "seed " + seed + " step " + i);
        if (fresh) {
          window.mark(base + offset);
          seen.add(offset);
          next = Math.max(next, offset + 1);
        }
      }
    }
  }

  @Test
  void shouldRefuseMutatedPacketsAndThenOpenTheRightOne() {
    long seed = Suite.seed();
    Random random = new Random(seed);
    byte[] key = new byte[ChaChaPoly.KEY_BYTES];
    byte[] good = new byte[68 + 100 + 16];
    header.wrap(good, 0).clear().stream(7, 0).payload(100, 1);
    new PacketSealer(key, 99).seal(header, new byte[100], 0, 100, good, 68);
    PacketOpener opener = new PacketOpener(key, 99);
    for (int i = 0; i < Suite.inputs(); i++) {
      byte[] input = Suite.mutate(random, good, 200);
      if (input.length >= 84 && !sameMeaning(input, good)) {
        int opened = opener.open(header.wrap(input, 0), input, 68, input.length - 68);
        assertTrue(opened < 0, "seed " + seed + " input " + i);
      }
    }
    assertEquals(100, opener.open(header.wrap(good, 0), good, 68, good.length - 68));
  }

  /** Hop count and nonce prefix are not authenticated: the receiver does not look at them. */
  private static boolean sameMeaning(byte[] input, byte[] good) {
    byte[] like = input.clone();
    if (like.length == good.length) {
      like[6] = good[6];
      System.arraycopy(good, 12, like, 12, 4);
    }
    return Arrays.equals(like, good);
  }

  @Test
  void shouldOpenEveryPacketOnceInAnyOrder() {
    byte[] key = new byte[ChaChaPoly.KEY_BYTES];
    PacketSealer sealer = new PacketSealer(key, 5);
    PacketOpener opener = new PacketOpener(key, 5);
    List<byte[]> packets = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      byte[] packet = new byte[84 + i];
      header.wrap(packet, 0).clear().payload(i, 0);
      sealer.seal(header, packet, 68, i, packet, 68);
      packets.add(packet);
    }
    Collections.shuffle(packets, new Random(Suite.seed()));
    for (byte[] packet : packets) {
      byte[] copy = packet.clone();
      int length = packet.length - 68;
      assertEquals(length - 16, opener.open(header.wrap(packet, 0), packet, 68, length));
      assertEquals(PacketOpener.REPLAYED, opener.open(header.wrap(copy, 0), copy, 68, length));
    }
  }
}
