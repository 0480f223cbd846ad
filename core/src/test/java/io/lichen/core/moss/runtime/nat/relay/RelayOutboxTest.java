// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.runtime.TestNodes;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.crypto.PeerId;
import io.lichen.nat.relay.RelayRate;
import io.lichen.transport.moss.CloseReason;
import io.lichen.transport.moss.SendResult;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an end sends to its relay at once, and what it keeps back. */
class RelayOutboxTest {
  private static final int CAPACITY = 100_000;
  private final List<Envelope> sent = new CopyOnWriteArrayList<>();
  private final List<RelayedSession> sessions = new CopyOnWriteArrayList<>();
  private final TestTunnels tunnels = new TestTunnels(sent::add);

  @AfterEach
  void endSessions() {
    sessions.forEach(session -> session.close(CloseReason.LOCAL_CLOSED));
  }

  private RelayedSession session(RelayPace pace) {
    Tunnel way = tunnels.way(TestTunnels.LOCAL, TestTunnels.REMOTE, pace);
    RelayedSession session = tunnels.session(way, Thread::startVirtualThread, new Indifferent());
    sessions.add(session);
    return session;
  }

  private static final class Indifferent implements RelayedSession.Owner {
    @Override
    public void closed(RelayedSession session, CloseReason reason, boolean draining) {}

    @Override
    public void leftOver(RelayedSession session, List<byte[]> envelopes) {}

    @Override
    public void data(PeerId sender, byte[] data, boolean sealed) {}
  }

  private List<Envelope> data() {
    return sent.stream().filter(e -> e.type().equals(EnvelopeType.RELAY_DATA.wireName())).toList();
  }

  private long dataBytes() {
    return data().stream().mapToLong(envelope -> envelope.payload().length).sum();
  }

  /** What a relay counts is what it passes on: data in base64, and what sealing adds. */
  @Test
  void shouldCountSealedDataAsTheRelayCountsIt() {
    RelayedSession session = session(TestTunnels.pace(new RelayRate(CAPACITY, 1)));
    for (int i = 0; i < 4; i++) {
      assertTrue(session.sendData(new byte[CAPACITY * 3 / 10]));
    }
    TestNodes.await("something waits", () -> tunnels.relays.paced.sum() > 0);
    assertEquals(2, data().size());
    assertTrue(dataBytes() <= CAPACITY, () -> dataBytes() + " bytes at once");
  }

  @Test
  void shouldSendNoMoreThanTheRelayHasRoomForUnread() {
    RelayPace pace = TestTunnels.pace(new RelayRate(1 << 30, 1 << 30));
    RelayedSession session = session(pace);
    int messages = RelayWindow.MESSAGES * 3;
    for (int i = 0; i < messages; i++) {
      assertEquals(SendResult.QUEUED, session.send(new byte[10]));
    }
    TestNodes.await("the window is full", () -> tunnels.relays.paced.sum() > 0);
    assertEquals(RelayWindow.MESSAGES, data().size());
    String last = pings().getLast().requestId();
    pace.window().answered("of another");
    assertTrue(pace.window().isFull());
    pace.window().answered(last);
    TestNodes.await(
        "the window is full again, and the relay asked about the last",
        () ->
            data().size() == RelayWindow.MESSAGES * 2 && sent.getLast().equals(pings().getLast()));
    pace.window().restart();
    TestNodes.await("all have been sent", () -> data().size() == messages);
  }

  @Test
  void shouldRefuseWhatNoRelayPassesOn() {
    RelayedSession session = session(TestTunnels.pace(new RelayRate(CAPACITY, CAPACITY)));
    assertFalse(session.sendRaw(new byte[256_001]), "longer than relays bear at once");
    assertFalse(session.sendData(new byte[200_000]), "likewise, in base64");
    assertEquals(SendResult.TOO_LARGE, session.send(new byte[256_000]), "likewise, sealed");
    assertTrue(session.sendRaw(new byte[256_000]));
    TestNodes.await("it has been sent", () -> dataBytes() == 256_000);
  }

  private List<Envelope> pings() {
    return sent.stream().filter(e -> e.type().equals(EnvelopeType.PING.wireName())).toList();
  }
}
