// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.exchange;

import static io.lichen.core.moss.runtime.dial.KnownPeersTest.peer;
import static io.lichen.core.moss.runtime.dial.KnownPeersTest.said;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.runtime.FakeNetwork;
import io.lichen.core.moss.runtime.TestLinks;
import io.lichen.core.moss.runtime.dial.KnownPeersTest;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.runtime.work.LoopSignal;
import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.core.moss.runtime.work.NodeLoop;
import io.lichen.core.moss.wire.PeerAnnouncement;
import io.lichen.core.work.FaultGuard;
import io.lichen.crypto.PeerId;
import io.lichen.crypto.identity.Identity;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.DialRequest;
import io.lichen.transport.moss.Era;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.MossTransport;
import io.lichen.transport.moss.MossTransportConfig;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many tell many tales at once: what waits for its signature to be looked at stays bounded. */
final class AnnouncementVerifierTest {
  private final FakeNetwork network = new FakeNetwork();
  private final NodeLoop loop =
      new NodeLoop(
          "test-loop", new LoopSignal(), System::nanoTime, new FaultGuard(new LongAdder()));
  private final ArrayDeque<Runnable> work = new ArrayDeque<>();
  private final List<PeerId> verified = new ArrayList<>();
  private final AnnouncementVerifier verifier =
      new AnnouncementVerifier(
          work::add,
          loop,
          (from, announcement, signed) -> {
            assertFalse(signed, "nobody has signed these");
            verified.add(announcement.peer());
          });
  private final PeerLink link = TestLinks.link(session(), new NodeCounters(), 1);

  private MossSession session() {
    MossTransport remote = open();
    return open()
        .dial(new DialRequest(Carrier.TCP, remote.localAddress(), null, Duration.ofSeconds(1)))
        .join();
  }

  private MossTransport open() {
    return network.open(
        MossTransportConfig.defaults(Era.C, "moss/1"),
        Identity.generate(new SecureRandom()),
        inbound -> {});
  }

  @BeforeEach
  void start() {
    loop.start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    loop.stop();
    loop.join();
    network.opened.forEach(MossTransport::close);
  }

  private boolean submit(int about) {
    PeerAnnouncement announcement = said(peer(about), 1, "192.0.2.1:1");
    return verifier.submit(link, announcement);
  }

  private void verifyAll() {
    while (!work.isEmpty()) {
      work.remove().run();
    }
  }

  @Test
  void shouldRefuseMoreThanMayWaitAndReportTheOthersInOrder() {
    for (int i = 0; i < AnnouncementVerifier.MAX_WAITING; i++) {
      assertTrue(submit(i));
    }
    assertFalse(submit(-1), "no room");
    verifyAll();
    assertTrue(submit(-2), "there is room again");
    verifyAll();
    List<PeerId> expected =
        new ArrayList<>(
            IntStream.range(0, AnnouncementVerifier.MAX_WAITING)
                .mapToObj(KnownPeersTest::peer)
                .toList());
    expected.add(peer(-2));
    assertEquals(expected, loop.call(() -> List.copyOf(verified)));
  }
}
