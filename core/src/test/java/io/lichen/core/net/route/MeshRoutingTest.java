// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.json.Fuzz;
import io.lichen.core.net.wire.NetWireException;
import io.lichen.core.net.wire.Pingwave;
import io.lichen.core.net.wire.PingwaveHealth;
import io.lichen.core.net.wire.RouteWithdrawal;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeshRoutingTest {
  private static final long MS_NS = 1_000_000L;
  private static final long SECOND_NS = 1000 * MS_NS;
  private static final long UNIX_US = 1_700_000_000_000_000L;
  private static final long SELF = 1;
  private static final long A = 10;
  private static final long B = 11;
  private static final long FAR = 99;

  /** What went out. */
  private static final class Output implements RouteOutput {
    record Wave(InetSocketAddress to, Pingwave wave) {}

    record Withdrawn(long peer, long dest, long seq) {}

    final List<Wave> waves = new ArrayList<>();
    final List<Withdrawn> withdrawn = new ArrayList<>();
    final List<String> news = new ArrayList<>();

    @Override
    public void sendPingwave(InetSocketAddress to, byte[] pingwave) {
      try {
        waves.add(new Wave(to, Pingwave.decode(Unpooled.wrappedBuffer(pingwave))));
      } catch (NetWireException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void sendWithdrawal(long peer, byte[] event) {
      try {
        RouteWithdrawal said = RouteWithdrawal.decode(Unpooled.wrappedBuffer(event));
        withdrawn.add(new Withdrawn(peer, said.dest(), said.seq()));
      } catch (NetWireException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void onRerouted(long dest, long via) {
      news.add(dest + " over " + via);
    }

    @Override
    public void onUnreachable(long dest) {
      news.add(dest + " lost");
    }
  }

  private final Output output = new Output();
  private final MeshRouting routing =
      new MeshRouting(SELF, RouteSettings.defaults(), output, 0, UNIX_US);
  private long nowNs;

  @Test
  void shouldNumberItsWavesFromTheClock() {
    connect(A, B);
    run(11 * SECOND_NS);

    List<Pingwave> toA =
        output.waves.stream().filter(s -> s.to().equals(at(A))).map(Output.Wave::wave).toList();
    assertEquals(UNIX_US / 1000 + 1, toA.getFirst().seq());
    for (int i = 0; i < toA.size(); i++) {
      assertEquals(UNIX_US / 1000 + 1 + i, toA.get(i).seq());
      assertEquals(SELF, toA.get(i).origin());
      assertEquals(3, toA.get(i).ttl());
      assertEquals(0, toA.get(i).hopCount());
    }
    assertEquals(
        4, toA.size(), "two for the connections, one of them with the first tick of three");
  }

  @Test
  void shouldSpeakUpAtOnceAndThenGatherEvents() {
    run(MS_NS);
    connect(A);
    run(MS_NS);
    assertEquals(1, output.waves.size());
    routing.announced(OwnState.NOTHING_SAID, nowNs);
    run(60 * MS_NS);
    assertEquals(2, output.waves.size(), "once more, lest the first is lost");
    run(250 * MS_NS);
    assertEquals(3, output.waves.size(), "what happened meanwhile");
    output.waves.clear();

    for (int i = 0; i < 50; i++) {
      routing.announced(OwnState.NOTHING_SAID, nowNs);
      run(MS_NS);
    }
    assertEquals(0, output.waves.size());
    run(200 * MS_NS);

    assertEquals(1, output.waves.size(), "one for all that happened");
  }

  @Test
  void shouldSayWhatItHas() {
    connect(A);
    routing.announced(new OwnState(7, 2, 3, 4), nowNs);
    run(MS_NS);

    Pingwave wave = output.waves.getLast().wave();
    assertEquals(7, wave.capabilityHash());
    assertEquals(2, wave.capabilityVersion());
    assertEquals(3, wave.loadLevel());
    assertEquals(4, wave.profile());
  }

  @Test
  void shouldLearnAndPassOnWhatAPeerTells() {
    connect(A, B, 12);
    output.waves.clear();

    hear(A, wave(FAR, 5, 2, 1));

    assertEquals(OptionalLong.of(A), routing.nextHop(FAR, nowNs));
    assertEquals(
        Set.of(at(B), at(12)), new HashSet<>(output.waves.stream().map(Output.Wave::to).toList()));
    assertEquals(wave(FAR, 5, 1, 2), output.waves.getFirst().wave());
    assertEquals(1, routing.nearby().size());
    assertEquals(FAR, routing.nearby().getFirst().nodeId());
  }

  @Test
  void shouldNotPassOnWhatHasTravelledEnough() {
    connect(A, B);
    output.waves.clear();

    hear(A, wave(FAR, 5, 0, 3));

    assertEquals(List.of(), output.waves);
    assertEquals(OptionalLong.of(A), routing.nextHop(FAR, nowNs));
  }

  @Test
  void shouldDropCopiesButLearnAWaySpareFromThem() {
    connect(A, B, 12);
    hear(A, wave(FAR, 5, 2, 1));
    output.waves.clear();

    hear(B, wave(FAR, 5, 1, 2));

    assertEquals(List.of(), output.waves);
    assertEquals(1, dropped(PingwaveDrop.COPY));
    assertEquals(OptionalLong.of(B), routing.nextHop(FAR, A, nowNs));
  }

  @Test
  void shouldNotLearnAWayThatLeadsBackHere() {
    connect(A, B);
    hear(A, wave(FAR, 5, 2, 1));

    hear(B, wave(FAR, 5, 0, 3));

    assertEquals(OptionalLong.empty(), routing.nextHop(FAR, A, nowNs));
  }

  @Test
  void shouldHearARestartedNodeAtOnceWhateverItsNumbers() {
    connect(A, B);
    for (int seq = 1000; seq < 1040; seq++) {
      hear(A, wave(A, seq, 3, 0));
      run(SECOND_NS);
    }
    output.waves.clear();

    hear(A, wave(A, 1, 3, 0));

    assertEquals(0, dropped(PingwaveDrop.COPY));
    assertTrue(output.waves.contains(new Output.Wave(at(B), wave(A, 1, 2, 1))));
  }

  @Test
  void shouldNotLetAForgedNumberSilenceANode() {
    connect(A, B, 12);
    hear(A, wave(FAR, -1, 2, 1));
    assertEquals(2, routing.stats().wavesForwarded());

    hear(B, wave(FAR, 5, 2, 1));

    assertEquals(0, dropped(PingwaveDrop.COPY));
    assertEquals(3, routing.stats().wavesForwarded());
  }

  @Test
  void shouldIgnoreStrangers() {
    connect(A);
    for (int i = 0; i < 1000; i++) {
      hear(77, wave(1000 + i, 1, 3, 1));
    }

    assertEquals(1000, dropped(PingwaveDrop.STRANGER));
    assertEquals(0, routing.stats().originsKnown());
    assertEquals(0, routing.stats().destinations());
  }

  @Test
  void shouldDropLiesThatShow() {
    connect(A, B);
    hear(A, wave(SELF, 1, 3, 1));
    hear(A, wave(FAR, 1, 3, 0));
    hear(A, wave(A, 1, 3, 1));
    hear(A, wave(FAR, 2, 3, 16));
    receive(A, new byte[24]);
    receive(A, new byte[71]);

    assertEquals(1, dropped(PingwaveDrop.OWN));
    assertEquals(2, dropped(PingwaveDrop.CONTRADICTORY));
    assertEquals(1, dropped(PingwaveDrop.TOO_FAR));
    assertEquals(1, dropped(PingwaveDrop.SHORT_FORM));
    assertEquals(1, dropped(PingwaveDrop.MALFORMED));
    assertEquals(0, routing.stats().originsKnown());
  }

  @Test
  void shouldKeepTablesBoundedUnderAPeerThatMakesUpNodes() {
    connect(A, B);
    hear(B, wave(FAR, 1, 2, 1));
    output.waves.clear();

    for (int i = 0; i < 100_000; i++) {
      hear(A, wave(1_000_000 + i, 1, 3, 1));
      nowNs += SECOND_NS / 10_000;
    }

    RouteStats stats = routing.stats();
    assertTrue(dropped(PingwaveDrop.PEER_FLOOD) > 90_000, stats::toString);
    assertTrue(output.waves.size() <= 2000 + 10 * 400 + 1, stats::toString);
    for (int i = 0; i < 30_000; i++) {
      hear(A, wave(2_000_000 + i, 1, 3, 1));
      nowNs += SECOND_NS / 400;
      if (i % 10_000 == 0) {
        hear(B, wave(FAR, 2 + i, 2, 1));
      }
    }
    stats = routing.stats();
    assertEquals(4096, stats.originsKnown());
    assertEquals(4096, stats.destinations());
    assertTrue(stats.originsEvicted() > 10_000, stats::toString);
    assertEquals(OptionalLong.of(B), routing.nextHop(FAR, nowNs), "who tells little stays");
  }

  @Test
  void shouldPassOnFewOfTheWavesOfOneNodeAtATime() {
    connect(A, B);
    output.waves.clear();
    for (int i = 0; i < 1000; i++) {
      hear(A, wave(FAR, i, 2, 1));
    }

    assertEquals(16, output.waves.size());
    assertEquals(984, dropped(PingwaveDrop.ORIGIN_FLOOD));
  }

  @ParameterizedTest
  @CsvSource({"100, 4, 25", "320, 5, 64", "640, 10, 64", "1000, 16, 63", "1600, 16, 100"})
  void shouldTellEverybodyInTurnInADenseMesh(int peers, int waves, int atOnce) {
    for (long peer = 100; peer < 100 + peers; peer++) {
      connect(peer);
    }
    Set<InetSocketAddress> told = new HashSet<>();
    for (int seq = 1; seq <= waves; seq++) {
      output.waves.clear();
      hear(100, wave(FAR, seq, 2, 1));
      assertEquals(atOnce, output.waves.size());
      output.waves.forEach(sent -> told.add(sent.to()));
      nowNs += 5 * SECOND_NS;
    }

    assertEquals(peers - 1, told.size());
  }

  @Test
  void shouldTellOthersWhenAPeerFails() {
    connect(A, B, 12);
    hear(A, wave(FAR, 1, 2, 1));
    hear(A, wave(98, 1, 2, 1));
    hear(B, wave(98, 1, 1, 2));

    routing.peerDown(A, nowNs);

    assertEquals(Set.of(A + " lost", FAR + " lost", "98 over " + B), new HashSet<>(output.news));
    Set<String> told = new HashSet<>();
    output.withdrawn.forEach(w -> told.add(w.peer() + " of " + w.dest()));
    assertEquals(
        Set.of(B + " of " + A, "12 of " + A, B + " of " + FAR, "12 of " + FAR, B + " of 98"),
        told,
        "of 98 only whom the way now leads over");
  }

  @Test
  void shouldGoAnotherWayWhenOneIsWithdrawn() {
    connect(A, B, 12);
    hear(A, wave(FAR, 1, 2, 1));
    hear(B, wave(FAR, 1, 1, 2));

    withdraw(A, FAR, 1);

    assertEquals(OptionalLong.of(B), routing.nextHop(FAR, nowNs));
    assertEquals(List.of(FAR + " over " + B), output.news);
    assertEquals(List.of(B), output.withdrawn.stream().map(Output.Withdrawn::peer).toList());
  }

  @Test
  void shouldKeepToItselfThatASpareWayIsGone() {
    connect(A, B, 12);
    hear(A, wave(FAR, 1, 2, 1));
    hear(B, wave(FAR, 1, 1, 2));

    withdraw(B, FAR, 1);

    assertEquals(OptionalLong.of(A), routing.nextHop(FAR, nowNs));
    assertEquals(OptionalLong.empty(), routing.nextHop(FAR, A, nowNs));
    assertEquals(List.of(), output.news);
    assertEquals(List.of(), output.withdrawn);
    assertEquals(0, routing.stats().withdrawalsIgnored());
  }

  @Test
  void shouldPassOnAWithdrawalWhenNoWayIsLeft() {
    connect(A, B, 12);
    hear(A, wave(FAR, 1, 2, 1));

    withdraw(A, FAR, 1);

    assertEquals(OptionalLong.empty(), routing.nextHop(FAR, nowNs));
    assertEquals(
        Set.of(B, 12L), new HashSet<>(output.withdrawn.stream().map(w -> w.peer()).toList()));
    assertTrue(output.withdrawn.getFirst().seq() > UNIX_US / 1000);
  }

  @Test
  void shouldIgnoreWithdrawalsThatAreOldOrSayNothing() {
    connect(A, B);
    withdraw(A, FAR, 5);
    withdraw(A, SELF, 6);
    withdraw(A, A, 7);
    withdraw(77, FAR, 8);
    hear(A, wave(FAR, 1, 2, 1));
    withdraw(A, FAR, 5);
    routing.onWithdrawal(A, Unpooled.wrappedBuffer(new byte[15]), nowNs);

    assertEquals(6, routing.stats().withdrawalsIgnored());
    assertEquals(OptionalLong.of(A), routing.nextHop(FAR, nowNs));
    assertEquals(List.of(), output.withdrawn);
  }

  @Test
  void shouldHearWithdrawalsOfARestartedPeer() {
    connect(A, B);
    withdraw(A, FAR, 1000);
    connect(A);
    hear(A, wave(FAR, 1, 2, 1));

    withdraw(A, FAR, 1);

    assertEquals(OptionalLong.empty(), routing.nextHop(FAR, nowNs));
  }

  @Test
  void shouldDampWithdrawalsOfOneNode() {
    connect(A, B);
    for (int i = 1; i <= 10; i++) {
      hear(A, wave(FAR, i, 2, 1));
      withdraw(A, FAR, i);
      nowNs += 10 * MS_NS;
    }
    assertEquals(1, output.withdrawn.size());
    assertEquals(9, routing.stats().withdrawalsDamped());

    nowNs += SECOND_NS;
    hear(A, wave(FAR, 20, 2, 1));
    withdraw(A, FAR, 20);
    assertEquals(2, output.withdrawn.size());
  }

  @Test
  void shouldUseWhatSignedAnnouncementsTell() {
    connect(A);
    routing.onAnnounced(FAR, A, 9, nowNs);

    assertEquals(OptionalLong.of(A), routing.nextHop(FAR, nowNs));
    assertEquals(OptionalLong.empty(), routing.nextHop(FAR, A, nowNs));
  }

  @Test
  void shouldForgetAnAddressThatAnotherPeerHasNow() {
    routing.peerUp(A, at(A), nowNs);
    routing.peerUp(B, at(A), nowNs);

    hear(A, wave(B, 1, 3, 0));

    assertNull(routing.stats().wavesDropped().get(PingwaveDrop.CONTRADICTORY));
    assertEquals(1, routing.stats().originsKnown());
    output.waves.clear();
    run(MS_NS);
    assertEquals(1, output.waves.size());
  }

  @Test
  void shouldTakeAnythingFromAPeer() {
    connect(A, B);
    SplittableRandom random = new SplittableRandom(1);
    Fuzz.run(
        List.of(wave(FAR, 1, 3, 1).encode(), new RouteWithdrawal(FAR, 1).encode()),
        input -> {
          nowNs += MS_NS;
          receive(random.nextBoolean() ? A : B, input);
          routing.onWithdrawal(A, Unpooled.wrappedBuffer(input), nowNs);
          output.waves.clear();
          output.withdrawn.clear();
          output.news.clear();
        });
  }

  private void connect(long... peers) {
    for (long peer : peers) {
      routing.peerUp(peer, at(peer), nowNs);
    }
  }

  private void hear(long peer, Pingwave wave) {
    receive(peer, wave.encode());
  }

  private void receive(long peer, byte[] datagram) {
    routing.onPlain(at(peer), Unpooled.wrappedBuffer(datagram), nowNs, unixUs());
  }

  private void withdraw(long peer, long dest, long seq) {
    routing.onWithdrawal(
        peer, Unpooled.wrappedBuffer(new RouteWithdrawal(dest, seq).encode()), nowNs);
  }

  /** Lets time pass, and does what is due meanwhile. */
  private void run(long durationNs) {
    long endNs = nowNs + durationNs;
    while (routing.nextDeadlineNs() - endNs <= 0) {
      nowNs = Math.max(nowNs, routing.nextDeadlineNs());
      routing.onTimer(nowNs, unixUs());
    }
    nowNs = endNs;
  }

  private long unixUs() {
    return UNIX_US + nowNs / 1000;
  }

  private long dropped(PingwaveDrop reason) {
    return routing.stats().wavesDropped().getOrDefault(reason, 0L);
  }

  private static InetSocketAddress at(long peer) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), (int) (1024 + peer));
  }

  private static Pingwave wave(long origin, long seq, int ttl, int hopCount) {
    return new Pingwave(origin, seq, ttl, hopCount, UNIX_US, 0, 0, 0, PingwaveHealth.HEALTHY, 0);
  }
}
