// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.stat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class EpochSnapshotTest {
  private static final long EPOCH = 12;
  private static final byte[] ZEROS = new byte[EpochSnapshot.DIGEST_BYTES];

  /** Few nodes and few values, so that revisions meet and tie. */
  private record Contribution(int node, StatMetrics metrics) {}

  @Provide
  Arbitrary<Contribution> contributions() {
    Arbitrary<StatMetrics> metrics =
        Combinators.combine(
                Arbitraries.longs().between(-2, 2),
                Arbitraries.longs().between(0, 1),
                Arbitraries.integers().between(-1, 1),
                Arbitraries.of("", "public", "unknown"),
                Arbitraries.longs().between(-1, 2))
            .as(StatMetrics::new);
    return Combinators.combine(Arbitraries.integers().between(0, 12), metrics)
        .as(Contribution::new);
  }

  @Property
  void shouldMergeCommutativelyAssociativelyAndIdempotently(
      @ForAll("contributions") Contribution a,
      @ForAll("contributions") Contribution b,
      @ForAll("contributions") Contribution c) {
    StatMetrics x = a.metrics();
    StatMetrics y = b.metrics();
    StatMetrics z = c.metrics();

    assertEquals(StatMetrics.later(x, y), StatMetrics.later(y, x));
    assertEquals(
        StatMetrics.later(StatMetrics.later(x, y), z),
        StatMetrics.later(x, StatMetrics.later(y, z)));
    assertEquals(x, StatMetrics.later(x, x));
  }

  @Property
  void shouldBeTheSameInWhateverOrderAndHoweverOftenContributionsCome(
      @ForAll List<@From("contributions") Contribution> contributions, @ForAll long seed) {
    List<Contribution> shuffled = new ArrayList<>(contributions);
    shuffled.addAll(contributions.subList(0, contributions.size() / 2));
    Collections.shuffle(shuffled, new Random(seed));

    assertArrayEquals(
        filled(contributions, EpochSnapshot.MAX_ENTRIES).digest(ZEROS),
        filled(shuffled, EpochSnapshot.MAX_ENTRIES).digest(ZEROS));
  }

  @Property
  void shouldKeepTheSameOfTooManyContributionsInWhateverOrderTheyCome(
      @ForAll List<@From("contributions") Contribution> contributions, @ForAll long seed) {
    List<Contribution> shuffled = new ArrayList<>(contributions);
    Collections.shuffle(shuffled, new Random(seed));

    EpochSnapshot one = filled(contributions, 4);
    EpochSnapshot other = filled(shuffled, 4);

    assertArrayEquals(one.digest(ZEROS), other.digest(ZEROS));
    assertTrue(one.contributors() <= 4);
  }

  @Property
  void shouldSayThatSomethingIsNewExactlyWhenTheDigestChanges(
      @ForAll List<@From("contributions") Contribution> contributions) {
    EpochSnapshot snapshot = new EpochSnapshot(EPOCH, 4);
    for (Contribution contribution : contributions) {
      byte[] before = snapshot.digest(ZEROS);
      boolean said = snapshot.contribute(id(contribution.node()), contribution.metrics());
      assertEquals(said, !java.util.Arrays.equals(before, snapshot.digest(ZEROS)));
    }
  }

  @Test
  void shouldCountOnAndCountTheEvictedWhenItIsFull() {
    EpochSnapshot snapshot = new EpochSnapshot(EPOCH, 100);
    for (int i = 0; i < 1000; i++) {
      snapshot.contribute(id(i), new StatMetrics(1, 1, 1, "", 1));
    }

    assertEquals(100, snapshot.contributors());
    assertEquals(900, snapshot.evicted());
    assertEquals(1000, (double) snapshot.nodeCountEstimate(), 50.0);
  }

  @Test
  void shouldEstimateManyNodesWithinAFewPercent() {
    HyperLogLog count = new HyperLogLog();
    Random random = new Random(42);
    int nodes = 200_000;
    for (int i = 0; i < nodes; i++) {
      count.add(random.nextLong());
    }

    assertEquals(nodes, (double) count.estimate(), nodes * 0.06);
  }

  @Test
  void shouldNotCountTheSameHashTwice() {
    HyperLogLog count = new HyperLogLog();

    assertTrue(count.add(0));
    assertFalse(count.add(0));
    assertEquals(1, count.estimate());
  }

  private static EpochSnapshot filled(List<Contribution> contributions, int maxEntries) {
    EpochSnapshot snapshot = new EpochSnapshot(EPOCH, maxEntries);
    contributions.forEach(c -> snapshot.contribute(id(c.node()), c.metrics()));
    return snapshot;
  }

  private static EpochId id(int node) {
    byte[] key = new byte[32];
    key[0] = (byte) node;
    key[1] = (byte) (node >> 8);
    return EpochId.derive(EPOCH, io.lichen.crypto.PeerId.of(key));
  }
}
