// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.dial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.core.moss.wire.PeerAnnouncement;
import io.lichen.crypto.PeerId;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

public final class KnownPeersTest {
  private static final PeerId TELLER = peer(-100);
  private static final long S = 1_000_000_000L;

  private final NodeCounters counters = new NodeCounters();
  private final KnownPeers known = new KnownPeers(counters);

  public static PeerId peer(int number) {
    return PeerId.of(ByteBuffer.allocate(32).putInt(number).array());
  }

  static byte[] key(int fill) {
    return ByteBuffer.allocate(32).put(31, (byte) fill).array();
  }

  public static PeerAnnouncement said(PeerId about, int key, String address) {
    return new PeerAnnouncement(
        EnvelopeType.PEER_ANNOUNCE, about, address, "", false, false, key(key), new byte[64]);
  }

  private KnownPeer tell(PeerId about, int key, String address) {
    KnownPeer entry = known.heardOf(about, TELLER);
    entry.announced(said(about, key, address), true, 0);
    return entry;
  }

  @Test
  void shouldNotLetAnAnnouncementOverrideAHandshake() {
    known.met(peer(1), key(1), "192.0.2.1:1");
    tell(peer(1), 9, "192.0.2.9:9");
    assertArrayEquals(key(1), known.noiseStatic(peer(1)));
    assertArrayEquals(key(1), known.noiseStaticAt("192.0.2.1:1"));
    assertNull(known.noiseStaticAt("192.0.2.9:9"));
  }

  @Test
  void shouldTakeTheAddressOfAPeerThatCameByItself() {
    known.met(peer(1), key(1), null);
    tell(peer(1), 1, "192.0.2.1:1");
    assertArrayEquals(key(1), known.noiseStaticAt("192.0.2.1:1"));
  }

  @Test
  void shouldLeaveALostPeerToWhoRedialsItsAddressUnlessARelayLedThere() {
    for (boolean relayed : new boolean[] {false, true}) {
      PeerId peer = peer(relayed ? 2 : 1);
      known.met(peer, key(1), "192.0.2.1:1");
      known.left(peer);
      known.lost(peer, relayed, 2 * S, 0, 100 * S);
      KnownPeer entry = Objects.requireNonNull(known.get(peer));
      assertEquals(relayed, entry.wasRelayed());
      assertEquals(relayed, entry.backoff().isDue(100 * S));
      assertTrue(entry.backoff().isDue(105 * S));
    }
  }

  @Test
  void shouldLeaveAPeerAloneThatWasLostAtOnceOrForBeingSlowEvenBehindARelay() {
    known.met(peer(1), key(1), "192.0.2.1:1");
    known.lost(peer(1), true, 2 * S - 1, 0, 100 * S);
    KnownPeer entry = Objects.requireNonNull(known.get(peer(1)));
    assertFalse(entry.backoff().isDue(105 * S - 1));
    assertTrue(entry.backoff().isDue(105 * S));
    known.lost(peer(1), true, 2 * S, 30 * S, 200 * S);
    assertFalse(entry.backoff().isDue(230 * S - 1));
    assertTrue(entry.backoff().isDue(230 * S));
  }

  @Test
  void shouldWriteTheLinesOfMeshInfo() {
    known.met(peer(0x22000000), key(1), "192.0.2.2:2");
    tell(peer(0x11000000), 2, "192.0.2.1:1");
    assertEquals(
        List.of("11000000@192.0.2.1:1[known]", "22000000@192.0.2.2:2[direct]"),
        List.copyOf(known.lines(peer(0x22000000)::equals)));
  }

  @Test
  void shouldForgetStrangersBeforeAcquaintancesAndTheOldestFirst() {
    known.met(peer(0), key(1), "192.0.2.1:1");
    known.left(peer(0));
    for (int i = 1; i < KnownPeers.MAX_PEERS; i++) {
      known.heardOf(peer(i), peer(-i));
    }
    known.get(peer(1));
    known.heardOf(peer(-1), TELLER);
    assertEquals(KnownPeers.MAX_PEERS, known.size());
    assertNotNull(known.get(peer(0)), "was met");
    assertNotNull(known.get(peer(1)), "was touched");
    assertNull(known.get(peer(2)));
    assertEquals(1, counters.knownPeersEvicted.sum());
  }

  @Test
  void shouldLetWhoTellsOfManyStrangersTakeItsOwnRoomOnly() {
    known.heardOf(peer(1), peer(-7));
    for (int i = 10; i < 10 + 5 * KnownPeers.MAX_FROM_ONE; i++) {
      known.heardOf(peer(i), TELLER);
    }
    assertEquals(1 + KnownPeers.MAX_FROM_ONE, known.size());
    assertNotNull(known.get(peer(1)));
    assertEquals(4 * KnownPeers.MAX_FROM_ONE, counters.knownPeersEvicted.sum());
  }

  @Test
  void shouldForgetWhoIsGoneBeforeWhoIsConnected() {
    for (int i = 0; i < KnownPeers.MAX_PEERS; i++) {
      known.met(peer(i), key(1), null);
    }
    known.left(peer(5));
    known.met(peer(-1), key(1), null);
    assertNull(known.get(peer(5)));
    assertNotNull(known.get(peer(0)));
  }

  @Test
  void shouldTellOfConnectedPeersFirstAndNeverOfTheOneWhoAsks() {
    tell(peer(1), 1, "192.0.2.1:1");
    tell(peer(2), 1, "192.0.2.2:1");
    tell(peer(3), 1, "192.0.2.3:1");
    known.heardOf(peer(4), TELLER);
    known.met(peer(3), key(1), null);
    List<PeerId> told = known.tellable(2, peer(1)).stream().map(KnownPeer::id).toList();
    assertEquals(List.of(peer(3), peer(2)), told);
  }
}
