// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static io.lichen.core.moss.runtime.TestNodes.await;
import static io.lichen.core.moss.runtime.TestNodes.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.lichen.core.moss.runtime.TestNodes.TestNode;
import io.lichen.core.moss.wire.Announcements;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.transport.moss.MossTransport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** As many sessions as a relay carries, and what makes room for more. */
final class RelayCrowdOverSocketsTest {
  private static final int SESSIONS = 50;

  /** So many that there are more pairs of them than sessions. */
  private static final int ENDS = 11;

  private final TestNodes nodes = new TestNodes(MossTransport::open);
  private final List<RawPeer> ends = new ArrayList<>();

  private record Session(String name, RawPeer source, RawPeer target) {
    Envelope message(EnvelopeType type, RawPeer from, byte[] payload) {
      RawPeer to = from == source ? target : source;
      Envelope envelope =
          Envelope.of(type)
              .relaySession(name)
              .relaySource(from.identity.peerId().hex())
              .relayTarget(to.identity.peerId().hex())
              .payload(payload)
              .build();
      boolean signed = type == EnvelopeType.RELAY_REQUEST || type == EnvelopeType.RELAY_ACCEPT;
      return signed ? Announcements.sign(envelope, from.identity) : envelope;
    }

    void ask() {
      source.send(message(EnvelopeType.RELAY_REQUEST, source, new byte[0]));
    }

    void open() throws InterruptedException {
      ask();
      assertEquals(name, target.next(EnvelopeType.RELAY_REQUEST).relaySession());
      target.send(message(EnvelopeType.RELAY_ACCEPT, target, new byte[0]));
      assertEquals(name, source.next(EnvelopeType.RELAY_ACCEPT).relaySession());
    }

    void carry(RawPeer from) throws InterruptedException {
      RawPeer to = from == source ? target : source;
      from.send(message(EnvelopeType.RELAY_DATA, from, new byte[100]));
      Envelope came = to.next(EnvelopeType.RELAY_DATA);
      assertEquals(name, came.relaySession());
      assertEquals(100, came.payload().length);
    }
  }

  @AfterEach
  void close() {
    ends.forEach(RawPeer::close);
    nodes.close();
  }

  private TestNode relay(String nat) {
    return nodes.started(plan().config("\"nat\":{" + nat + "}"));
  }

  private RawPeer end(TestNode relay) {
    RawPeer end = new RawPeer(MossTransport::open, relay).joined(relay);
    ends.add(end);
    return end;
  }

  /** One session for each pair of ends. */
  private List<Session> pairs(TestNode relay) {
    List<Session> pairs = new ArrayList<>();
    for (int i = 0; i < ENDS; i++) {
      RawPeer late = end(relay);
      for (RawPeer early : ends.subList(0, i)) {
        pairs.add(new Session("session" + pairs.size(), early, late));
      }
    }
    return pairs;
  }

  private static double refused(TestNode relay, String reason) {
    return relay.figure("relay.refused", "reason", reason);
  }

  @Test
  void shouldCarryFiftySessionsAndNoMoreUntilOneEnds() throws Exception {
    TestNode relay = relay("\"relay_max_sessions\":" + SESSIONS);
    List<Session> pairs = pairs(relay);
    List<Session> carried = pairs.subList(0, SESSIONS);
    for (Session session : carried) {
      session.open();
    }
    for (Session session : carried) {
      session.carry(session.source());
      session.carry(session.target());
    }
    assertEquals(SESSIONS, relay.node().info().relayRouteCount());
    assertEquals(2 * SESSIONS, relay.figure("relay.forwarded"));

    Session oneMore = pairs.get(SESSIONS);
    oneMore.ask();
    await("it is refused", () -> refused(relay, "full") == 1);
    oneMore.target().awaitRead();
    assertFalse(oneMore.target().heard.anyOf(EnvelopeType.RELAY_REQUEST));

    Session ended = carried.getFirst();
    ended.source().send(ended.message(EnvelopeType.RELAY_CLOSE, ended.source(), new byte[0]));
    ended.target().next(EnvelopeType.RELAY_CLOSE);
    oneMore.open();
    oneMore.carry(oneMore.target());
    assertEquals(SESSIONS, relay.node().info().relayRouteCount());
  }

  @Test
  void shouldForgetTheSessionsOfAnEndThatVanishes() throws Exception {
    TestNode relay = relay("\"relay_max_sessions\":" + SESSIONS);
    List<Session> carried = pairs(relay).subList(0, SESSIONS);
    for (Session session : carried) {
      session.open();
    }
    RawPeer gone = ends.getFirst();
    gone.close();
    await("its sessions are over", () -> relay.node().info().relayRouteCount() == SESSIONS - 10);
    for (Session session : carried) {
      if (session.source() != gone && session.target() != gone) {
        session.carry(session.source());
      }
    }
    for (RawPeer end : ends.subList(1, ENDS)) {
      end.awaitRead();
      assertFalse(end.heard.anyOf(EnvelopeType.RELAY_CLOSE), "a native would keep the peer");
    }
  }

  @Test
  void shouldEndASessionWithoutTrafficAndLetItBeginAnew() throws Exception {
    TestNode relay = relay("\"relay_session_ttl_sec\":3");
    Session session = new Session("quiet", end(relay), end(relay));
    session.open();
    long openedNs = System.nanoTime();
    int carried = 0;
    while (System.nanoTime() - openedNs < 3_500_000_000L) {
      session.carry(session.source());
      carried++;
      TestNodes.pause(50);
    }
    assertEquals(1, relay.node().info().relayRouteCount(), "kept by what it carries");
    await("it is over", () -> relay.node().info().relayRouteCount() == 0);
    RawPeer source = session.source();
    source.send(session.message(EnvelopeType.RELAY_DATA, source, new byte[1]));
    await("it carries nothing", () -> refused(relay, "no_session") == 1);
    session.open();
    session.carry(session.target());
    assertEquals(carried + 1, relay.figure("relay.forwarded"));
  }
}
