// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.testkit.VirtualTime;
import io.lichen.testkit.nat.Dependence;
import io.lichen.testkit.nat.NatRules;
import io.lichen.testkit.nat.SimInternet;
import io.lichen.testkit.nat.SimUdpHost;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The punching engine between thousands of pairs of NATs, without root and without sockets. */
class PunchSimulationTest {
  private static final int PAIRS_EACH =
      "full".equals(System.getProperty("lichen.suite")) ? 1_000 : 200;
  private static final long SEED = Long.getLong("lichen.sim.seed", 20_261_121L);
  private static final long MS = 1_000_000;
  private static final int OBSERVERS = 4;
  private static final long LIMIT_NS = 10_000 * MS;

  /** The kinds that pairs are made of. */
  private enum Kind {
    FULL_CONE,
    RESTRICTED_CONE,
    PORT_RESTRICTED_CONE,
    SEQUENTIAL,
    SYMMETRIC;

    NatRules rules() {
      return switch (this) {
        case FULL_CONE -> NatRules.fullCone();
        case RESTRICTED_CONE -> NatRules.restrictedCone();
        case PORT_RESTRICTED_CONE -> NatRules.portRestrictedCone();
        case SEQUENTIAL -> NatRules.sequentialSymmetric();
        case SYMMETRIC -> NatRules.symmetric();
      };
    }

    boolean letsInUnknownPorts() {
      return rules().filtering() != Dependence.ADDRESS_AND_PORT_DEPENDENT;
    }
  }

  @Test
  void shouldMeetWhereverTheoryAllowsOnNetworksThatLoseNothing() {
    Map<String, Integer> met = play(0, 0);
    for (Kind left : Kind.values()) {
      for (Kind right : Kind.values()) {
        int count = met.getOrDefault(left + "–" + right, 0);
        String pair = left + "–" + right + ": " + count + " of " + PAIRS_EACH + ", seed " + SEED;
        if (isImpossible(left, right)) {
          assertEquals(0, count, pair + ": more than chance");
        } else {
          assertEquals(PAIRS_EACH, count, pair);
        }
      }
    }
  }

  /** Others behind the NAT take ports meanwhile, so that predictions fail. */
  @Test
  void shouldMeetAtLeastHalfTheTimeByPredictionOnBusyNatsThatLoseSomething() {
    Map<String, Integer> met = play(0.02, 2);
    System.out.println("punches that met, of " + PAIRS_EACH + " each, 2 % loss: " + met);
    for (Kind left : Kind.values()) {
      for (Kind right : Kind.values()) {
        int count = met.getOrDefault(left + "–" + right, 0);
        boolean isPredicted = left == Kind.SEQUENTIAL || right == Kind.SEQUENTIAL;
        double least = isImpossible(left, right) ? 0 : isPredicted ? 0.5 : 0.95;
        assertTrue(
            count >= least * PAIRS_EACH,
            left + "–" + right + ": " + count + " of " + PAIRS_EACH + ", seed " + SEED);
      }
    }
  }

  /** Where a random port would have to be guessed. */
  private static boolean isImpossible(Kind left, Kind right) {
    return (left == Kind.SYMMETRIC && !right.letsInUnknownPorts())
        || (right == Kind.SYMMETRIC && !left.letsInUnknownPorts());
  }

  private static Map<String, Integer> play(double loss, int neighbours) {
    SplittableRandom random = new SplittableRandom(SEED);
    Map<String, Integer> met = new TreeMap<>();
    for (Kind left : Kind.values()) {
      for (Kind right : Kind.values()) {
        for (int i = 0; i < PAIRS_EACH; i++) {
          if (meets(left, right, loss, neighbours, random.split())) {
            met.merge(left + "–" + right, 1, Integer::sum);
          }
        }
      }
    }
    return met;
  }

  private static boolean meets(
      Kind leftKind, Kind rightKind, double loss, int neighbours, SplittableRandom random) {
    VirtualTime time = new VirtualTime();
    SimInternet internet = new SimInternet(time, random.nextLong());
    long slowestNs = random.nextLong(10, 120) * MS;
    internet.latency(slowestNs / 2, slowestNs);
    internet.loss(loss);
    List<InetSocketAddress> observers = observers(internet);
    PunchPeer left = peer(internet, leftKind, observers, neighbours, random);
    PunchPeer right = peer(internet, rightKind, observers, neighbours, random);
    left.meet(right, slowestNs, LIMIT_NS);
    time.runFor(LIMIT_NS);
    return left.hasMet() && right.hasMet();
  }

  private static List<InetSocketAddress> observers(SimInternet internet) {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (int i = 0; i < OBSERVERS; i++) {
      SimUdpHost observer = internet.host();
      addresses.add(
          observer.bind(
              PunchPeer.PORT,
              (from, datagram) -> {
                if (datagram[0] == PunchPeer.OBSERVE) {
                  byte[] answer = SimAddress.write(PunchPeer.SEEN, from);
                  observer.send(PunchPeer.PORT, from, answer);
                }
              }));
    }
    return addresses;
  }

  private static PunchPeer peer(
      SimInternet internet,
      Kind kind,
      List<InetSocketAddress> observers,
      int neighbours,
      SplittableRandom random) {
    var nat = internet.nat(kind.rules());
    for (int i = 0; i < neighbours; i++) {
      SimUdpHost neighbour = nat.host();
      long periodNs = random.nextLong(500, 2_000) * MS;
      SplittableRandom draws = random.split();
      internet
          .time()
          .scheduleEvery(
              draws.nextLong(periodNs),
              periodNs,
              () -> neighbour.send(draws.nextInt(1024, 65_536), observers.getFirst(), new byte[1]));
    }
    return new PunchPeer(internet.time(), nat.host(), observers);
  }
}
