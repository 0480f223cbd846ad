// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.dial;

import static io.lichen.core.moss.runtime.dial.KnownPeersTest.key;
import static io.lichen.core.moss.runtime.dial.KnownPeersTest.peer;
import static io.lichen.core.moss.runtime.dial.KnownPeersTest.said;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.core.moss.wire.PeerAnnouncement;
import org.junit.jupiter.api.Test;

final class KnownPeerTest {
  private static final long COOL = KnownPeer.COOLDOWN_NS;
  private static final PeerAnnouncement OLD = said(peer(1), 1, "192.0.2.1:1");
  private static final PeerAnnouncement NEW = said(peer(1), 1, "192.0.2.2:1");

  private final KnownPeer known = new KnownPeer(peer(1), peer(9));

  @Test
  void shouldKeepWhatWorksAgainstHearsay() {
    assertTrue(known.takesHearsay(NEW, 0));
    known.announced(NEW, true, 0);
    assertFalse(known.isNews(NEW));
    assertTrue(known.isNews(OLD));
    assertFalse(
        known.takesHearsay(OLD, 100 * COOL), "a replay changes nothing that has not failed");
    known.backoff().failed(1, 0);
    assertFalse(known.takesHearsay(OLD, COOL - 1), "not in quick succession");
    assertTrue(known.takesHearsay(OLD, COOL));
    known.met(key(1), null);
    assertFalse(known.takesHearsay(OLD, 100 * COOL), "it can speak for itself");
  }

  @Test
  void shouldTellOthersOfAnotherHostOrKeyButNotOfAnotherPort() {
    assertTrue(known.announced(OLD, true, 0));
    assertFalse(known.announced(said(peer(1), 1, "192.0.2.1:2"), true, 1));
    assertEquals("192.0.2.1:2", known.address());
    assertTrue(known.announced(NEW, true, 2));
    assertTrue(known.announced(said(peer(1), 2, "192.0.2.2:1"), true, 3));
  }

  @Test
  void shouldCoolDownEachTypeByItself() {
    assertTrue(known.takePassOn(EnvelopeType.PEER_ANNOUNCE, 0));
    assertFalse(known.takePassOn(EnvelopeType.PEER_ANNOUNCE, COOL - 1));
    assertTrue(known.takePassOn(EnvelopeType.SUPERNODE_ANNOUNCE, 1));
    assertTrue(known.takePassOn(EnvelopeType.SUPERNODE_REVOKE, 2));
    known.owe(peer(7));
    assertNull(known.takeOwed(COOL - 1));
    assertEquals(peer(7), known.takeOwed(COOL));
    assertNull(known.takeOwed(3 * COOL), "owed once");
  }

  @Test
  void shouldGiveUpTheAddressThatFailedForTheOneThatWasAnnounced() {
    known.met(key(1), "192.0.2.7:7");
    known.announced(NEW, true, 0);
    known.left();
    assertEquals("192.0.2.7:7", known.address());
    known.dialFailed();
    assertEquals("192.0.2.2:1", known.address());
    known.dialFailed();
    assertEquals("192.0.2.2:1", known.address());
  }

  @Test
  void shouldKeepTheOnlyAddressItHas() {
    known.met(key(1), "192.0.2.7:7");
    known.left();
    known.dialFailed();
    assertEquals("192.0.2.7:7", known.address());
    assertTrue(known.isDialable());
  }

  @Test
  void shouldDialWhatSomebodyNearOrItselfHasNamed() {
    assertFalse(known.isDialable());
    known.announced(NEW, false, 0);
    assertFalse(known.isDialable());
    known.confirmDialable();
    assertTrue(known.isDialable());
    known.met(key(1), null);
    assertFalse(known.isDialable(), "is connected");
    assertArrayEquals(key(1), known.noiseStatic());
  }

  @Test
  void shouldWaitLongerAfterEachFailureAndForgetThemAfterALongSession() {
    DialBackoff backoff = known.backoff();
    assertTrue(backoff.isDue(0));
    backoff.begun();
    assertFalse(backoff.isDue(0), "one dial at a time");
    backoff.failed(10, 100);
    assertFalse(backoff.isDue(109));
    assertTrue(backoff.isDue(110));
    backoff.failed(10, 200);
    assertFalse(backoff.isDue(219));
    backoff.lasted(300);
    assertTrue(backoff.isDue(300));
    assertEquals(0, backoff.failures());
  }

  @Test
  void shouldRememberTheLastStatusOfASupernode() {
    PeerAnnouncement up = status(EnvelopeType.SUPERNODE_ANNOUNCE, true);
    assertTrue(known.isNews(up));
    known.announced(up, true, 0);
    assertFalse(known.isNews(up));
    assertFalse(known.takesHearsay(status(EnvelopeType.SUPERNODE_ANNOUNCE, false), COOL - 1));
    PeerAnnouncement down = status(EnvelopeType.SUPERNODE_REVOKE, true);
    assertTrue(known.isNews(down));
    assertTrue(known.takesHearsay(down, 1));
    known.announced(down, true, 1);
    assertEquals(down, known.status());
    assertNull(known.encoded());
  }

  private static PeerAnnouncement status(EnvelopeType type, boolean reachable) {
    return new PeerAnnouncement(
        type,
        peer(1),
        "192.0.2.1:1",
        "public",
        reachable,
        type == EnvelopeType.SUPERNODE_ANNOUNCE,
        new byte[0],
        new byte[64]);
  }
}
