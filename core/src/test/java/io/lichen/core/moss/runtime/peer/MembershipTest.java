// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.runtime.FakeNetwork;
import io.lichen.core.moss.runtime.TestLinks;
import io.lichen.core.moss.runtime.peer.Membership.Outcome;
import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.crypto.PeerId;
import io.lichen.crypto.identity.Identity;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.CloseReason;
import io.lichen.transport.moss.DialRequest;
import io.lichen.transport.moss.Era;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.MossTransport;
import io.lichen.transport.moss.MossTransportConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Registration, duplicates and a full table, step by step. */
final class MembershipTest {
  private static final long S = 1_000_000_000L;

  private final FakeNetwork network = new FakeNetwork();
  private final Identity local = Identity.generate(new SecureRandom());
  private final PeerTable peers = new PeerTable();
  private final List<String> log = new ArrayList<>();
  private final NodeCounters counters = new NodeCounters();
  private final Set<PeerId> vouched = new HashSet<>();
  private double score;
  private @Nullable MossSession former;
  private boolean wasFormerOpen;
  private final Membership membership = membership(0);
  private final MossTransport localTransport = open(local);

  /** With two places, and some more for sessions that were relayed before. */
  private Membership membership(int upgrades) {
    return new Membership(
        local.peerId(),
        new DuplicateSessionRule(local.peerId(), true),
        peers,
        new OverflowVictim(peers, vouched, link -> score),
        new Membership.Places(2, upgrades),
        (session, nowNs) -> TestLinks.link(session, counters, nowNs),
        new Membership.Observer() {
          @Override
          public void joined(PeerLink link, boolean replaced, long nowNs) {
            log.add("joined" + (replaced ? " again" : ""));
            wasFormerOpen = former != null && former.isOpen();
          }

          @Override
          public void left(PeerLink link, CloseReason reason, boolean replaced, long nowNs) {
            log.add("left " + reason + (replaced ? " for another" : ""));
          }
        });
  }

  @AfterEach
  void close() {
    network.opened.forEach(MossTransport::close);
  }

  private MossTransport open(Identity identity) {
    return network.open(MossTransportConfig.defaults(Era.C, "moss/1"), identity, session -> {});
  }

  private MossSession dial(MossTransport other, Carrier carrier) {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), other.localAddress().getPort());
    return localTransport
        .dial(new DialRequest(carrier, address, null, Duration.ofSeconds(1)))
        .join();
  }

  private MossTransport remote() {
    return open(Identity.generate(new SecureRandom()));
  }

  private PeerLink only() {
    assertEquals(1, peers.size());
    return peers.all().iterator().next();
  }

  @Test
  void shouldCloseASessionWithItself() {
    MossSession session = dial(localTransport, Carrier.TCP);
    assertEquals(Outcome.SELF, membership.admit(session, 0));
    assertFalse(session.isOpen());
    assertEquals(0, peers.size());
  }

  @Test
  void shouldLetTcpReplaceUdpWithoutEvents() {
    MossTransport remote = remote();
    MossSession udp = dial(remote, Carrier.UDP);
    MossSession tcp = dial(remote, Carrier.TCP);
    assertEquals(Outcome.REGISTERED, membership.admit(udp, 0));
    assertEquals(Outcome.REGISTERED, membership.admit(tcp, 0));
    assertFalse(udp.isOpen());
    assertSame(tcp, only().session());
    assertEquals(List.of("joined", "left DUPLICATE for another", "joined again"), log);
  }

  @Test
  void shouldEndASessionOnlyWhenAnotherHasItsPlace() {
    MossTransport remote = remote();
    MossSession udp = dial(remote, Carrier.UDP);
    membership.admit(udp, 0);
    former = udp;
    membership.admit(dial(remote, Carrier.TCP), 0);
    assertTrue(wasFormerOpen);
    assertFalse(udp.isOpen());
  }

  @Test
  void shouldHoldADuplicateWhileTheFirstIsProbedAndCloseItWhenTheFirstAnswers() {
    MossTransport remote = remote();
    MossSession first = dial(remote, Carrier.TCP);
    MossSession second = dial(remote, Carrier.TCP);
    MossSession third = dial(remote, Carrier.TCP);
    membership.admit(first, 0);
    assertEquals(Outcome.ALREADY_CONNECTED, membership.admit(second, S));
    assertEquals(Outcome.ALREADY_CONNECTED, membership.admit(third, S));
    assertTrue(second.isOpen());
    assertFalse(third.isOpen(), "one candidate is enough");
    assertEquals(Liveness.Verdict.PING, only().liveness().tick(S, Liveness.Sign.NONE));
    membership.alive(only());
    assertFalse(second.isOpen());
    assertSame(first, only().session());
    assertEquals(List.of("joined"), log);
  }

  @Test
  void shouldTakeTheDuplicateWhenTheFirstDoesNotAnswerItsProbe() {
    MossTransport remote = remote();
    MossSession dead = dial(remote, Carrier.TCP);
    MossSession fresh = dial(remote, Carrier.TCP);
    membership.admit(dead, 0);
    membership.admit(fresh, S);
    Liveness liveness = only().liveness();
    assertEquals(Liveness.Verdict.PING, liveness.tick(S, Liveness.Sign.NONE));
    liveness.pinged("x", S);
    membership.tick(S + S / 2);
    assertSame(dead, only().session());
    liveness.tick(2 * S, Liveness.Sign.NONE);
    membership.tick(2 * S);
    assertSame(fresh, only().session());
    assertFalse(dead.isOpen());
    assertTrue(fresh.isOpen());
  }

  @Test
  void shouldTakeTheDuplicateWhenTheFirstEnds() {
    MossTransport remote = remote();
    MossSession first = dial(remote, Carrier.TCP);
    MossSession second = dial(remote, Carrier.TCP);
    membership.admit(first, 0);
    membership.admit(second, S);
    first.close(CloseReason.LOCAL_CLOSED);
    membership.closed(only(), CloseReason.REMOTE_CLOSED, S);
    assertSame(second, only().session());
    assertEquals(List.of("joined", "left REMOTE_CLOSED", "joined"), log);
  }

  @Test
  void shouldCloseTheDuplicateInTheEndWhateverHappens() {
    MossTransport remote = remote();
    MossSession first = dial(remote, Carrier.TCP);
    MossSession second = dial(remote, Carrier.TCP);
    membership.admit(first, 0);
    membership.admit(second, S);
    membership.tick(5 * S);
    assertFalse(second.isOpen());
    assertSame(first, only().session());
  }

  @Test
  void shouldRefuseANewcomerWhenEverybodyIsWorthKeeping() {
    membership.admit(dial(remote(), Carrier.TCP), 0);
    membership.admit(dial(remote(), Carrier.TCP), 0);
    MossSession third = dial(remote(), Carrier.TCP);
    assertEquals(Outcome.TABLE_FULL, membership.admit(third, 3600 * S));
    assertFalse(third.isOpen());
    assertEquals(2, peers.size());
  }

  @Test
  void shouldGiveUpAUselessPeerForANewcomer() {
    membership.admit(dial(remote(), Carrier.TCP), 0);
    membership.admit(dial(remote(), Carrier.TCP), 0);
    score = -1;
    assertEquals(
        Outcome.TABLE_FULL,
        membership.admit(dial(remote(), Carrier.TCP), 29 * S),
        "not in their first half minute");
    MossSession fourth = dial(remote(), Carrier.TCP);
    assertEquals(Outcome.REGISTERED, membership.admit(fourth, 30 * S));
    assertTrue(fourth.isOpen());
    assertEquals(2, peers.size());
    assertEquals(List.of("joined", "joined", "left TABLE_FULL", "joined"), log);
  }

  @Test
  void shouldLetADirectSessionReplaceARelayedOneWithoutEvents() {
    MossTransport remote = remote();
    MossSession relayed = dial(remote, Carrier.RELAY);
    MossSession direct = dial(remote, Carrier.TCP);
    MossSession late = dial(remote, Carrier.RELAY);
    assertEquals(Outcome.REGISTERED, membership.admit(relayed, 0));
    assertEquals(1, peers.relayedSize());
    assertEquals(Outcome.REGISTERED, membership.admit(direct, 0));
    assertFalse(relayed.isOpen());
    assertSame(direct, only().session());
    assertEquals(0, peers.relayedSize());
    assertEquals(Outcome.ALREADY_CONNECTED, membership.admit(late, 0));
    assertEquals(List.of("joined", "left DUPLICATE for another", "joined again"), log);
  }

  @Test
  void shouldCountDirectSessionsOnly() {
    MossTransport far = remote();
    membership.admit(dial(far, Carrier.RELAY), 0);
    membership.admit(dial(remote(), Carrier.TCP), 0);
    membership.admit(dial(remote(), Carrier.TCP), 0);
    assertEquals(3, peers.size());
    assertEquals(2, peers.directSize());
    assertEquals(
        Outcome.TABLE_FULL,
        membership.admit(dial(far, Carrier.TCP), 0),
        "a path of its own is one session more");
    assertEquals(1, peers.relayedSize());
  }

  @Test
  void shouldFindAPlaceForADirectSessionInPlaceOfARelayedOne() {
    Membership some = membership(1);
    MossTransport far = remote();
    MossTransport farther = remote();
    MossSession relayed = dial(far, Carrier.RELAY);
    some.admit(relayed, 0);
    some.admit(dial(farther, Carrier.RELAY), 0);
    some.admit(dial(remote(), Carrier.TCP), 0);
    assertTrue(some.hasRoomFor(relayed.remoteId()));
    some.admit(dial(remote(), Carrier.TCP), 0);
    assertFalse(some.hasRoomFor(relayed.remoteId()), "none to be looked for");
    log.clear();
    MossSession direct = dial(far, Carrier.TCP);
    assertEquals(Outcome.REGISTERED, some.admit(direct, 0));
    assertTrue(direct.isOpen());
    assertFalse(relayed.isOpen());
    assertEquals(List.of("left DUPLICATE for another", "joined again"), log);
    assertEquals(Outcome.TABLE_FULL, some.admit(dial(remote(), Carrier.TCP), 0), "nobody else");
    assertEquals(Outcome.TABLE_FULL, some.admit(dial(farther, Carrier.TCP), 0), "not without end");
    assertEquals(1, peers.relayedSize());
  }

  @Test
  void shouldFindAPlaceForPeersThatTheOperatorVouchesForAndKeepThem() {
    Identity friend = Identity.generate(new SecureRandom());
    vouched.add(friend.peerId());
    membership.admit(dial(remote(), Carrier.TCP), 0);
    membership.admit(dial(remote(), Carrier.TCP), 0);
    assertEquals(Outcome.REGISTERED, membership.admit(dial(open(friend), Carrier.TCP), S));
    assertEquals(3, peers.size());
    score = -1;
    for (int i = 0; i < 3; i++) {
      membership.admit(dial(remote(), Carrier.TCP), 40 * S);
    }
    assertTrue(peers.contains(friend.peerId()), "others were given up for the newcomers");
    assertEquals(3, peers.size());
  }
}
