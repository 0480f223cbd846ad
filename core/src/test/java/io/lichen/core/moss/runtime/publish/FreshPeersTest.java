// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.room.Room;
import io.lichen.core.moss.runtime.FakeNetwork;
import io.lichen.core.moss.runtime.TestLinks;
import io.lichen.core.moss.runtime.channel.ChannelRoute;
import io.lichen.core.moss.runtime.channel.DeliveryBacklog;
import io.lichen.core.moss.runtime.channel.DeliveryQueue;
import io.lichen.core.moss.runtime.channel.JoinedRoom;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.runtime.work.LoopSignal;
import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.core.work.LogLimiter;
import io.lichen.crypto.identity.Identity;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.CloseReason;
import io.lichen.transport.moss.DialRequest;
import io.lichen.transport.moss.Era;
import io.lichen.transport.moss.MossTransport;
import io.lichen.transport.moss.MossTransportConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** For whom a publish waits that would reach nobody. */
final class FreshPeersTest {
  private final FakeNetwork network = new FakeNetwork();
  private final NodeCounters counters = new NodeCounters();
  private final FreshPeers fresh = new FreshPeers();
  private final ChannelRoute route =
      new ChannelRoute(
          new JoinedRoom("r", Room.clear()),
          "c",
          () -> null,
          new DeliveryQueue.Shared(
              Runnable::run,
              TestLinks.scope(counters),
              new DeliveryBacklog(new LoopSignal()),
              counters,
              new LogLimiter(1, System::nanoTime),
              1,
              1));

  @AfterEach
  void close() {
    network.opened.forEach(MossTransport::close);
  }

  private MossTransport open() {
    return network.open(
        MossTransportConfig.defaults(Era.C, "moss/1"),
        Identity.generate(new SecureRandom()),
        session -> {});
  }

  private PeerLink link() {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), open().localAddress().getPort());
    DialRequest request = new DialRequest(Carrier.TCP, address, null, Duration.ofSeconds(1));
    return TestLinks.link(open().dial(request).join(), counters, 0);
  }

  @Test
  void shouldWaitForTheSessionThatTakesThePlaceOfOneThatHasEnded() {
    PeerLink former = link();
    route.targets(new PeerLink[] {former});
    fresh.joined(link());
    assertFalse(fresh.mayStillAnnounce(route), "somebody is there");
    former.session().close(CloseReason.DUPLICATE);
    assertTrue(fresh.mayStillAnnounce(route));
  }

  @Test
  void shouldGiveAPeerASecondForItsFirstWordAndLittleMoreForTheOthers() {
    route.targets(ChannelRoute.nobody());
    PeerLink silent = link();
    fresh.joined(silent);
    assertEquals(FreshPeers.FIRST_WORD_BEATS, beatsUntilSettled());
    fresh.joined(silent);
    fresh.heard(silent);
    fresh.heard(silent);
    assertEquals(FreshPeers.MORE_WORDS_BEATS, beatsUntilSettled());
    fresh.joined(silent);
    fresh.left(silent);
    assertEquals(0, beatsUntilSettled());
  }

  private int beatsUntilSettled() {
    int beats = 0;
    while (fresh.mayStillAnnounce(route)) {
      fresh.beat();
      beats++;
    }
    return beats;
  }

  @Test
  void shouldWaitForNobodyWhereNobodyHasJoined() {
    route.targets(ChannelRoute.nobody());
    assertFalse(fresh.mayStillAnnounce(route));
  }
}
