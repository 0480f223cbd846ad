// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.conformance.nat.NatKind;
import io.lichen.core.net.nat.DirectEnd;
import io.lichen.testkit.VirtualTime;
import io.lichen.testkit.nat.SimInternet;
import io.lichen.testkit.nat.SimNat;
import io.lichen.testkit.nat.SimUdpHost;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Direct connects of the Net wire between many pairs of NATs, a third node introducing them. */
class NetPunchSimulationTest {
  private static final int PAIRS_EACH =
      "full".equals(System.getProperty("lichen.suite")) ? 1_000 : 40;
  private static final long SEED = Long.getLong("lichen.sim.seed", 20_261_122L);
  private static final long MS = 1_000_000;
  private static final int OUTSIDERS = 3;

  /** A direct way is looked for no longer than this. */
  private static final long LIMIT_NS = 9_500 * MS;

  /** Of both attempts of a punch: each window, and the addresses that are named. */
  private static final int MAX_PORTS = 2 * 16 + 4;

  private static final int MAX_KEEP_ALIVES = 2 * 16 * 8 + 4 * 30;

  private static final NatKind CONE = NatKind.PORT_RESTRICTED_CONE;
  private static final NatKind IN_ORDER = NatKind.SEQUENTIAL_SYMMETRIC;
  private static final NatKind BY_CHANCE = NatKind.SYMMETRIC;

  /**
   * What all pairs of two kinds came to.
   *
   * @param direct how many met without a relay
   * @param latestNs when the last one knew
   */
  private record Tally(int direct, long latestNs) {}

  @Test
  void shouldMeetWhereverPortsCanBeToldOnNetworksThatLoseNothing() {
    for (NatKind mine : List.of(CONE, IN_ORDER, BY_CHANCE)) {
      for (NatKind theirs : List.of(CONE, IN_ORDER, BY_CHANCE)) {
        Tally tally = play(mine, theirs, 0, 0, true);
        boolean isRandom = mine == BY_CHANCE || theirs == BY_CHANCE;
        assertEquals(isRandom ? 0 : PAIRS_EACH, tally.direct(), () -> words(mine, theirs, tally));
        assertTrue(tally.latestNs() <= LIMIT_NS, () -> words(mine, theirs, tally));
      }
    }
  }

  /** Others behind the NATs take ports meanwhile, so that predictions fail. */
  @Test
  void shouldMeetAtLeastHalfTheTimeByPredictionOnBusyNatsThatLoseSomething() {
    for (NatKind mine : List.of(CONE, IN_ORDER)) {
      for (NatKind theirs : List.of(CONE, IN_ORDER)) {
        Tally tally = play(mine, theirs, 0.02, 2, true);
        System.out.println("net punches, 2 % loss: " + words(mine, theirs, tally));
        assertTrue(2 * tally.direct() >= PAIRS_EACH, () -> words(mine, theirs, tally));
        assertTrue(tally.latestNs() <= LIMIT_NS, () -> words(mine, theirs, tally));
      }
    }
  }

  @Test
  void shouldGoToTheRelayAtOnceWherePortsAreNotPredicted() {
    Tally both = play(IN_ORDER, IN_ORDER, 0, 0, false);
    assertEquals(new Tally(0, 0), both);
    Tally one = play(CONE, IN_ORDER, 0, 0, false);
    assertEquals(0, one.direct(), () -> words(CONE, IN_ORDER, one));
  }

  private static String words(NatKind mine, NatKind theirs, Tally tally) {
    return "%s–%s: %d of %d direct, the last after %d ms, seed %d"
        .formatted(mine, theirs, tally.direct(), PAIRS_EACH, tally.latestNs() / MS, SEED);
  }

  private static Tally play(
      NatKind mine, NatKind theirs, double loss, int neighbours, boolean predicts) {
    SplittableRandom random = new SplittableRandom(SEED);
    int direct = 0;
    long latestNs = 0;
    for (int i = 0; i < PAIRS_EACH; i++) {
      Pair pair = new Pair(mine, theirs, loss, neighbours, predicts, random.split());
      direct += pair.meets() ? 1 : 0;
      latestNs = Math.max(latestNs, pair.tookNs);
    }
    return new Tally(direct, latestNs);
  }

  /** Two nodes behind NATs, on an internet of their own with a few nodes outside. */
  private static final class Pair {
    private final VirtualTime time = new VirtualTime();
    private final SplittableRandom random;
    private final SimInternet internet;
    private final boolean predicts;
    private final Map<Long, NetSimNode> all = new HashMap<>();
    private final List<InetSocketAddress> outside = new ArrayList<>();
    private final NetSimNode relay;
    private final SimNat myNat;
    private final SimNat theirNat;
    private final NetSimNode me;
    private final NetSimNode them;
    private long tookNs = Long.MAX_VALUE;

    Pair(
        NatKind mine,
        NatKind theirs,
        double loss,
        int neighbours,
        boolean predicts,
        SplittableRandom random) {
      this.random = random;
      this.predicts = predicts;
      internet = new SimInternet(time, random.nextLong());
      long slowestNs = random.nextLong(10, 120) * MS;
      internet.latency(slowestNs / 2, slowestNs);
      List<NetSimNode> outsiders = new ArrayList<>();
      for (int i = 0; i < OUTSIDERS; i++) {
        SimUdpHost host = internet.host();
        outside.add(new InetSocketAddress(host.address(), NetSimNode.PORT));
        outsiders.add(node(host));
      }
      relay = outsiders.getFirst();
      myNat = nat(mine, neighbours);
      theirNat = nat(theirs, neighbours);
      me = node(myNat.host());
      them = node(theirNat.host());
      join(2 * slowestNs);
      internet.loss(loss);
    }

    private NetSimNode node(SimUdpHost host) {
      return new NetSimNode(all.size() + 1, time, host, predicts, all, random.split());
    }

    /** A NAT whose other hosts open flows now and then. */
    private SimNat nat(NatKind kind, int neighbours) {
      SimNat nat = internet.nat(kind.rules());
      for (int i = 0; i < neighbours; i++) {
        SimUdpHost neighbour = nat.host();
        long periodNs = random.nextLong(500, 2_000) * MS;
        SplittableRandom draws = random.split();
        InetSocketAddress to = new InetSocketAddress(outside.getFirst().getAddress(), 9);
        time.scheduleEvery(
            draws.nextLong(periodNs),
            periodNs,
            () -> neighbour.send(draws.nextInt(1024, 65_536), to, new byte[1]));
      }
      return nat;
    }

    /** Both have just come: mappings of long ago would tell nothing of the next one. */
    private void join(long roundTripNs) {
      outside.forEach(me::dial);
      outside.forEach(them::dial);
      time.runFor(roundTripNs);
      me.classify();
      them.classify();
      time.runFor(roundTripNs);
    }

    boolean meets() {
      long startNs = time.nowNs();
      CompletableFuture<DirectEnd> done = me.connect(them, relay);
      var unused = done.thenRun(() -> tookNs = time.nowNs() - startNs);
      time.runFor(2 * LIMIT_NS);
      assertTrue(done.isDone(), () -> "it hangs, seed " + SEED);
      boundsHold(me, theirNat.external());
      boundsHold(them, myNat.external());
      return done.join() instanceof DirectEnd.Session(boolean isDirect) && isDirect;
    }

    private static void boundsHold(NetSimNode node, InetAddress other) {
      for (InetSocketAddress to : node.plain) {
        assertEquals(other, to.getAddress(), () -> "sent to a stranger, seed " + SEED);
      }
      int portCount = new HashSet<>(node.plain).size();
      assertTrue(portCount <= MAX_PORTS, () -> portCount + " ports, seed " + SEED);
      assertTrue(
          node.plain.size() <= MAX_KEEP_ALIVES,
          () -> node.plain.size() + " keep-alives, seed " + SEED);
    }
  }
}
