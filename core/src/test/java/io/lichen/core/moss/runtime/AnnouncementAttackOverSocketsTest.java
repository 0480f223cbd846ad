// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static io.lichen.core.moss.runtime.RawPeer.announcement;
import static io.lichen.core.moss.runtime.RawPeer.status;
import static io.lichen.core.moss.runtime.TestNodes.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.runtime.dial.KnownPeers;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.crypto.identity.Identity;
import io.lichen.transport.moss.MossTransport;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lies about peers, over real sessions. */
final class AnnouncementAttackOverSocketsTest {
  private static final String CLOSED = "127.0.0.1:1";
  private static final String STALE = "127.0.0.66:6";

  private final HostileScenario scenario = new HostileScenario(MossTransport::open).introduced();
  private final RawPeer attacker = scenario.stranger();

  @AfterEach
  void close() {
    scenario.close();
  }

  private static Identity minted() {
    return Identity.generate(new SecureRandom());
  }

  @Test
  void shouldNotBelieveReplaysAgainstAConnectedPeer() throws Exception {
    RawPeer supernode = scenario.stranger();
    supernode.send(status(supernode.identity, EnvelopeType.SUPERNODE_ANNOUNCE, CLOSED));
    await("it relays", () -> scenario.victim.node().info().relayCapablePeerCount() == 1);
    Envelope oldRevoke = status(supernode.identity, EnvelopeType.SUPERNODE_REVOKE, CLOSED);
    Envelope oldAddress = announcement(supernode.identity, STALE);
    scenario.attackTimes(
        50,
        () -> {
          attacker.send(oldRevoke);
          attacker.send(oldAddress);
        },
        attacker);
    assertTrue(scenario.victim.figure("rejected", "reason", "announce_refused") > 0);
    assertEquals(1, scenario.victim.node().info().relayCapablePeerCount());
    assertTrue(
        scenario.victim.node().info().knownPeers().stream().noneMatch(l -> l.contains(STALE)));
  }

  @Test
  void shouldHoldOffAFloodOfInventedPeers() throws Exception {
    scenario.attackUntilIgnored(
        () -> {
          for (int i = 0; i < 10; i++) {
            Identity invented = minted();
            attacker.send(announcement(invented, CLOSED));
            Envelope signed = status(invented, EnvelopeType.SUPERNODE_ANNOUNCE, CLOSED);
            attacker.send(signed.toBuilder().advertisedAddress(STALE).build());
          }
        },
        attacker);
    assertTrue(scenario.victim.figure("rejected", "reason", "announce_signature") >= 32);
    assertEquals(0, scenario.victim.node().info().relayCapablePeerCount());
    int known = scenario.victim.node().info().knownPeerCount();
    assertTrue(known <= 2 + KnownPeers.MAX_FROM_ONE, known + " are known");
  }
}
