// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.transport.moss.codec.DatagramKind;
import io.lichen.transport.moss.codec.DatagramView;
import io.lichen.transport.moss.codec.MuxPacket;
import io.lichen.transport.moss.codec.PlainDatagrams;
import io.lichen.transport.moss.session.UdpPacketOpener;
import io.lichen.transport.moss.session.UdpPacketSealer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class WhereaboutsTest {
  private static final InetSocketAddress HOME = at(1);
  private static final InetSocketAddress ABROAD = at(2);
  private static final InetSocketAddress ELSEWHERE = at(3);
  private static final long SECOND = 1_000_000_000L;

  private final UdpPacketSealer sealer = new UdpPacketSealer(new byte[32]);
  private final UdpPacketOpener opener = new UdpPacketOpener(new byte[32]);
  private final Whereabouts whereabouts = new Whereabouts(HOME, opener);

  private static InetSocketAddress at(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** The peer's next packet. */
  private DatagramView packet() {
    byte[] datagram = new byte[1 + UdpPacketSealer.OVERHEAD_BYTES];
    datagram[0] = DatagramKind.PACKET;
    sealer.seal(MuxPacket.MESH_STREAM, new byte[0], datagram, 1);
    DatagramView view = new DatagramView();
    assertTrue(new PlainDatagrams().open(datagram, 0, datagram.length, view));
    return view;
  }

  private boolean hear(DatagramView packet, long nowNs) {
    byte[] copy = packet.payload();
    boolean isNew = opener.open(copy, 0, copy.length) >= 0;
    if (isNew) {
      whereabouts.heard(nowNs);
    }
    return isNew;
  }

  @Test
  void shouldBelieveThatAPeerIsElsewhereOnlyWhenItHasBeenSilentWhereItWas() {
    assertFalse(whereabouts.mayBe(ABROAD, packet(), 9 * SECOND), "never heard");
    assertTrue(hear(packet(), 10 * SECOND));
    DatagramView next = packet();
    assertFalse(whereabouts.mayBe(ABROAD, next, 11 * SECOND - 1));
    assertTrue(whereabouts.mayBe(ABROAD, next, 11 * SECOND));
    assertTrue(whereabouts.isOfPeer(next));
    whereabouts.move(ABROAD, next, 11 * SECOND);
    assertEquals(ABROAD, whereabouts.address());
  }

  @Test
  void shouldNotLookAtWhatIsOldOrFarAhead() {
    DatagramView old = packet();
    DatagramView seen = packet();
    assertTrue(hear(seen, 0));
    assertFalse(whereabouts.mayBe(ABROAD, old, 9 * SECOND));
    assertFalse(whereabouts.mayBe(ABROAD, seen, 9 * SECOND));
    for (int i = 1; i < Whereabouts.MAX_AHEAD; i++) {
      packet();
    }
    assertTrue(whereabouts.mayBe(ABROAD, packet(), 9 * SECOND));
    assertFalse(whereabouts.mayBe(ABROAD, packet(), 9 * SECOND));
  }

  @Test
  void shouldNotReturnForWhatWasUnderWayWhenThePeerMoved() {
    assertTrue(hear(packet(), 0));
    DatagramView late = packet();
    DatagramView next = packet();
    whereabouts.move(ABROAD, next, 9 * SECOND);
    assertFalse(whereabouts.mayBe(HOME, late, 9 * SECOND));
    assertTrue(whereabouts.mayBe(ELSEWHERE, packet(), 19 * SECOND), "it may move on");
  }

  @Test
  void shouldReturnToAPeerThatHasNotMovedAndStayForAMinute() {
    assertTrue(hear(packet(), 0));
    DatagramView overheard = packet();
    whereabouts.move(ABROAD, overheard, 9 * SECOND);
    assertTrue(hear(overheard, 9 * SECOND));
    assertTrue(whereabouts.mayBe(HOME, overheard, 9 * SECOND), "the same, from home");
    whereabouts.move(HOME, overheard, 9 * SECOND);
    assertEquals(HOME, whereabouts.address());
    DatagramView next = packet();
    assertFalse(whereabouts.mayBe(ABROAD, next, 9 * SECOND + Whereabouts.DOUBT_NS - 1));
    assertTrue(whereabouts.mayBe(ABROAD, next, 9 * SECOND + Whereabouts.DOUBT_NS));
  }
}
