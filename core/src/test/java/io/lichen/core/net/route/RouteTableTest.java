// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouteTableTest {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final long SELF = 1;
  private static final long A = 10;
  private static final long B = 11;
  private static final long FAR = 99;

  private final RouteTable table = new RouteTable(SELF, RouteSettings.defaults());

  @BeforeEach
  void connect() {
    table.addDirect(A);
    table.addDirect(B);
  }

  @Test
  void shouldReachConnectedPeersOverThemselves() {
    learn(A, B, 1, 0);

    assertEquals(OptionalLong.of(A), table.nextHop(A, 0));
    assertEquals(OptionalLong.of(B), table.nextHop(A, A, 0));
    assertEquals(OptionalLong.empty(), table.nextHop(FAR, 0));
  }

  @Test
  void shouldTakeTheShorterWay() {
    learn(FAR, A, 2, 0);
    learn(FAR, B, 1, 0);

    assertEquals(OptionalLong.of(B), table.nextHop(FAR, 0));
  }

  @Test
  void shouldPreferASignedWordOfOneLength() {
    learn(FAR, A, 1, 0);
    table.learn(FAR, B, 1, RouteKind.PROTECTED, 0);

    assertEquals(OptionalLong.of(B), table.nextHop(FAR, 0));
  }

  @Test
  void shouldKeepTheWayInUseAmongEqualOnes() {
    learn(FAR, A, 2, 0);
    learn(FAR, B, 1, 0);
    assertEquals(OptionalLong.of(B), table.nextHop(FAR, 0));

    learn(FAR, A, 1, 0);

    assertEquals(OptionalLong.of(B), table.nextHop(FAR, 0));
    assertEquals(OptionalLong.of(A), table.nextHop(FAR, B, 0));
    assertEquals(OptionalLong.of(B), table.nextHop(FAR, 0));
  }

  @Test
  void shouldForgetWhatIsNotConfirmedFor90Seconds() {
    learn(FAR, A, 1, 0);
    learn(FAR, B, 2, 60 * SECOND_NS);

    assertEquals(OptionalLong.of(A), table.nextHop(FAR, 90 * SECOND_NS));
    assertEquals(OptionalLong.of(B), table.nextHop(FAR, 91 * SECOND_NS));
    table.sweep(151 * SECOND_NS);
    assertEquals(0, table.size());
  }

  @Test
  void shouldBelieveALongerWayOnceNobodySpeaksOfTheShorter() {
    learn(FAR, A, 1, 0);
    learn(FAR, A, 5, 10 * SECOND_NS);
    learn(FAR, B, 3, 10 * SECOND_NS);
    assertEquals(OptionalLong.of(A), table.nextHop(FAR, 10 * SECOND_NS));

    learn(FAR, A, 5, 40 * SECOND_NS);

    assertEquals(OptionalLong.of(B), table.nextHop(FAR, 40 * SECOND_NS));
  }

  @Test
  void shouldLearnOnlyFromConnectedPeersAndOverWaysOfReasonableLength() {
    learn(FAR, 55, 1, 0);
    learn(FAR, A, 17, 0);
    learn(SELF, A, 1, 0);
    learn(A, A, 0, 0);

    assertEquals(0, table.size());
    assertEquals(2, table.refused());
  }

  @Test
  void shouldTellWhatAWithdrawalMeans() {
    learn(FAR, A, 1, 0);
    learn(FAR, B, 2, 0);

    assertEquals(RouteTable.Loss.NONE, table.withdraw(FAR, 55, 0));
    assertEquals(RouteTable.Loss.REROUTED, table.withdraw(FAR, A, 0));
    assertEquals(OptionalLong.of(B), table.nextHop(FAR, 0));
    learn(FAR, A, 3, 0);
    assertEquals(RouteTable.Loss.SPARE, table.withdraw(FAR, A, 0));
    assertEquals(RouteTable.Loss.UNREACHABLE, table.withdraw(FAR, B, 0));
    assertEquals(0, table.size());
  }

  @Test
  void shouldTellWhatWasLostWithAPeer() {
    learn(FAR, A, 1, 0);
    learn(98, B, 1, 0);
    learn(97, A, 1, 0);
    learn(97, B, 1, 0);
    table.nextHop(97, 0);

    assertEquals(Set.of(A, FAR, 97L), table.removeDirect(A, 0));

    assertEquals(OptionalLong.empty(), table.nextHop(FAR, 0));
    assertEquals(OptionalLong.of(B), table.nextHop(97, 0));
    assertEquals(Set.of(), table.removeDirect(A, 0));
  }

  @Test
  void shouldKeepTheBestOfManyWays() {
    for (int peer = 100; peer < 120; peer++) {
      table.addDirect(peer);
      learn(FAR, peer, 120 - peer > 16 ? 16 : 120 - peer, 0);
    }

    assertEquals(OptionalLong.of(119), table.nextHop(FAR, 0));
    for (int peer = 119; peer >= 112; peer--) {
      assertEquals(OptionalLong.of(peer), table.nextHop(FAR, 0));
      table.withdraw(FAR, peer, 0);
    }
    assertEquals(OptionalLong.empty(), table.nextHop(FAR, 0));
  }

  private void learn(long dest, long via, int hopCount, long nowNs) {
    table.learn(dest, via, hopCount, RouteKind.ORDINARY, nowNs);
  }
}
