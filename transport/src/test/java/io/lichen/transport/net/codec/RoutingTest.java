// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.codec;

import static io.lichen.transport.net.Recording.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.transport.Suite;
import io.lichen.transport.net.Recording;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Routing headers, route-hop envelopes, and the classes of datagrams. */
class RoutingTest {
  @Test
  void shouldReadAndForwardAsTheReferenceDoes() {
    for (String[] row : Recording.cases("routing-headers.txt")) {
      byte[] header = hex(row[0]);

      assertEquals(row[1], Integer.toUnsignedString(RoutingHeader.source(header, 0)));
      assertEquals(row[2], Long.toUnsignedString(RoutingHeader.destination(header, 0)));
      assertEquals(row[4], String.valueOf(RoutingHeader.forward(header, 0)));
      assertArrayEquals(hex(row[3]), header);
    }
  }

  @Test
  void shouldWriteWhatTheReferenceWrites() {
    for (String[] row : Recording.cases("routing-headers.txt")) {
      byte[] recorded = hex(row[0]);
      if (recorded[4] == 0) {
        byte[] written = new byte[RoutingHeader.BYTES];
        int source = Integer.parseUnsignedInt(row[1]);
        RoutingHeader.write(
            written, 0, RoutingHeader.ttl(recorded, 0), source, Long.parseUnsignedLong(row[2]));

        assertArrayEquals(recorded, written);
      }
    }
  }

  @Test
  void shouldNotForwardWithoutHopsLeft() {
    byte[] header = new byte[RoutingHeader.BYTES];
    RoutingHeader.write(header, 0, 0, 1, 2);
    byte[] before = header.clone();

    assertFalse(RoutingHeader.forward(header, 0));
    assertArrayEquals(before, header);
  }

  @Test
  void shouldNotCountMoreHopsThanAByteHolds() {
    byte[] header = new byte[RoutingHeader.BYTES];
    RoutingHeader.write(header, 0, 200, 1, 2);
    header[3] = (byte) 255;
    header[4] = (byte) 0xF4;

    assertTrue(RoutingHeader.forward(header, 0));
    assertEquals(255, RoutingHeader.hopCount(header, 0));
    assertEquals(4, header[4]);
  }

  @Test
  void shouldSealEnvelopesAsTheReferenceDoes() {
    for (String[] row : Recording.cases("route-hop.txt")) {
      byte[] key = hex(row[0]);
      long session = Long.parseUnsignedLong(row[1]);
      long sequence = Long.parseUnsignedLong(row[2]);
      byte[] sealed = RouteHopEnvelope.seal(key, session, sequence, hex(row[3]));

      assertArrayEquals(hex(row[4]), sealed);
      assertEquals(session, RouteHopEnvelope.hopSessionId(sealed));
      assertEquals(sequence, RouteHopEnvelope.hopSequence(sealed));
      assertTrue(RouteHopEnvelope.isAuthentic(key, sealed));
    }
  }

  @Test
  void shouldNoticeEveryChangedByteOfAnEnvelope() {
    String[] row = Recording.cases("route-hop.txt").getFirst();
    byte[] sealed = hex(row[4]);
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertFalse(RouteHopEnvelope.isAuthentic(hex(row[0]), changed), "byte " + i);
      assertFalse(RouteHopEnvelope.isAuthentic(hex(row[0]), Arrays.copyOf(sealed, i)), "cut " + i);
    }
  }

  @Test
  void shouldTellDatagramsByLengthAndFirstBytes() {
    assertEquals(DatagramClass.NAT_KEEP_ALIVE, classOf("5048", 14));
    assertEquals(DatagramClass.UNKNOWN, classOf("5048", 15));
    assertEquals(DatagramClass.PINGWAVE, classOf("1234", 72));
    assertEquals(DatagramClass.PINGWAVE, classOf("5254", 72));
    assertEquals(DatagramClass.DIRECT, classOf("454e", 72));
    assertEquals(DatagramClass.DIRECT, classOf("454e", 2));
    assertEquals(DatagramClass.UNKNOWN, classOf("4e45", 116));
    assertEquals(DatagramClass.ROUTE_HOP, classOf("4852", 10));
    assertEquals(DatagramClass.ROUTED, classOf("5254", 86));
    assertEquals(DatagramClass.UNKNOWN, classOf("5254", 85));
    assertEquals(DatagramClass.UNKNOWN, classOf("45", 1));
    assertEquals(DatagramClass.UNKNOWN, classOf("-", 0));
  }

  @Test
  void shouldTakeAnyDatagramForOneOfItsClass() {
    long seed = Suite.seed();
    Random random = new Random(seed);
    byte[] good = new byte[RoutingHeader.BYTES + PacketHeader.BYTES];
    RoutingHeader.write(good, 0, RoutingHeader.DATA_TTL, 1, 2);
    int routed = 0;
    for (int i = 0; i < Suite.inputs(); i++) {
      byte[] input = Suite.mutate(random, good, 200);
      if (DatagramClass.of(input, 0, input.length) == DatagramClass.ROUTED) {
        routed++;
        int ttl = RoutingHeader.ttl(input, 0);
        int hops = RoutingHeader.hopCount(input, 0);
        assertEquals(ttl > 0, RoutingHeader.forward(input, 0), "seed " + seed);
        assertEquals(Math.max(0, ttl - 1), RoutingHeader.ttl(input, 0), "seed " + seed);
        assertTrue(RoutingHeader.hopCount(input, 0) >= hops, "seed " + seed);
      }
    }
    assertTrue(routed > 0 && routed < Suite.inputs(), routed + " of the inputs were routed");
  }

  @Test
  void shouldRefuseAlteredEnvelopes() {
    long seed = Suite.seed();
    Random random = new Random(seed);
    byte[] key = new byte[32];
    byte[] good = RouteHopEnvelope.seal(key, 1, 2, new byte[RoutingHeader.BYTES + 100]);
    for (int i = 0; i < Suite.inputs(); i++) {
      byte[] input = Suite.mutate(random, good, 200);
      boolean same = Arrays.equals(good, input);
      assertEquals(same, RouteHopEnvelope.isAuthentic(key, input), "seed " + seed);
    }
  }

  private static DatagramClass classOf(String start, int length) {
    return DatagramClass.of(Arrays.copyOf(hex(start), length), 0, length);
  }
}
