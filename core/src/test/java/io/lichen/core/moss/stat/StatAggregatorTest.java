// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.stat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.NetworkStats;
import io.lichen.core.moss.stat.StatAggregator.Outcome;
import io.lichen.crypto.PeerId;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StatAggregatorTest {
  private static final long EPOCH_SEC = 300;
  private static final long NOW = 1000 * EPOCH_SEC + 10;
  private static final StatParams QUIET = new StatParams(EPOCH_SEC, -1, 1 << 20, 256, 3);

  private final StatAggregator own = node(0, QUIET);

  @Test
  void shouldReportNothingBeforeAnythingIsKnown() {
    assertEquals(NetworkStats.empty(), own.report(NOW));
    assertEquals("{}", NetworkStats.disabled().toJson());
  }

  @Test
  void shouldAgreeWithWhomeverItExchangedContributionsWith() {
    StatAggregator other = node(1, QUIET);
    StatDelta mine = own.contribute(NOW, 10, 20, 1, "unknown");
    StatDelta theirs = other.contribute(NOW, 30, 40, 2, "public");

    assertEquals(Outcome.NEW, own.apply(theirs, NOW));
    assertEquals(Outcome.NEW, other.apply(mine, NOW));
    assertEquals(Outcome.KNOWN, other.apply(mine, NOW));

    assertEquals(own.report(NOW), other.report(NOW));
    assertEquals(2, own.report(NOW).nodeCountEstimate());
  }

  @Test
  void shouldShowSumsAndHistogramsOnlyFromEnoughContributorsOn() {
    own.contribute(NOW, 10, 20, 1, "unknown");
    own.apply(node(1, QUIET).contribute(NOW, 30, 40, 300, ""), NOW);
    assertFalse(own.report(NOW).kAnonOk());
    assertEquals(0, own.report(NOW).bandwidthInTotal());
    assertEquals(Map.of(), own.report(NOW).natHistogram());

    own.apply(node(2, QUIET).contribute(NOW, 1, 2, 4, "public"), NOW);

    NetworkStats stats = own.report(NOW);
    assertTrue(stats.kAnonOk());
    assertEquals(41, stats.bandwidthInTotal());
    assertEquals(62, stats.bandwidthOutTotal());
    assertEquals(Map.of("public", 1, "unknown", 2), stats.natHistogram());
    assertEquals(Map.of("1-2", 1, "3-5", 1, "21+", 1), stats.degreeHistogram());
    assertEquals(List.of("1-2", "21+", "3-5"), List.copyOf(stats.degreeHistogram().keySet()));
  }

  @Test
  void shouldWriteWhatIsShownInTheOrderOfTheNative() {
    own.contribute(NOW, 10, 0, 1, "unknown");
    own.apply(node(1, QUIET).contribute(NOW, 30, 0, 2, "public"), NOW);
    own.apply(node(2, QUIET).contribute(NOW, 1, 0, 0, "cgnat"), NOW);

    NetworkStats stats = own.report(NOW);

    assertEquals(
        "{\"epoch\":1000,\"node_count_estimate\":3,\"contributors\":3,\"k_anon_ok\":true,"
            + "\"bandwidth_in_total\":41,\"nat_histogram\":{\"cgnat\":1,\"public\":1,\"unknown\":1},"
            + "\"degree_histogram\":{\"0\":1,\"1-2\":2},\"epoch_digest\":\""
            + stats.epochDigest()
            + "\",\"prev_digest\":\""
            + "0".repeat(64)
            + "\",\"chain_head\":0}",
        stats.toJson());
  }

  @Test
  void shouldTakeNoEpochFurtherAwayThanOne() {
    own.contribute(NOW, 10, 20, 1, "unknown");
    NetworkStats before = own.report(NOW);

    for (long ahead : new long[] {-1001, -1000, -2, 2, 3, 1 << 30, Long.MAX_VALUE - 1000}) {
      assertEquals(Outcome.OUT_OF_WINDOW, own.apply(delta(1000 + ahead, 5), NOW), "at " + ahead);
    }
    assertEquals(Outcome.OUT_OF_WINDOW, own.apply(delta(-1, 5), NOW));

    assertEquals(before, own.report(NOW));
    assertEquals(Outcome.NEW, own.apply(delta(999, 5), NOW));
    assertEquals(Outcome.NEW, own.apply(delta(1001, 5), NOW));
    assertEquals(before, own.report(NOW), "a clock that is ahead does not take the report along");
  }

  @Test
  void shouldGoOnAfterADistantEpochWasTried() {
    own.apply(delta(Long.MAX_VALUE, 5), NOW);

    long later = NOW + EPOCH_SEC;
    assertEquals(Outcome.NEW, own.apply(delta(1001, 6), later));
    assertEquals(1001, own.report(later).epoch());
  }

  @Test
  void shouldChainTheDigestsOfClosedEpochs() {
    for (int i = 0; i < 5; i++) {
      own.contribute(NOW + i * EPOCH_SEC, i, i, 1, "unknown");
    }

    NetworkStats stats = own.report(NOW + 4 * EPOCH_SEC);
    List<NetworkStats.Link> chain = stats.chain();
    assertEquals(1004, stats.epoch());
    assertEquals(1002, stats.chainHead());
    assertEquals(List.of(1000L, 1001L, 1002L), chain.stream().map(l -> l.epoch()).toList());
    assertEquals("0".repeat(64), chain.get(0).previousDigest());
    assertEquals(chain.get(0).digest(), chain.get(1).previousDigest());
    assertEquals(chain.get(1).digest(), chain.get(2).previousDigest());
    assertTrue(stats.chainJson().startsWith("[{\"epoch\":1000,\"epoch_digest\":\""));
    assertTrue(stats.chainJson().endsWith("\"}]"));
  }

  @Test
  void shouldForgetTheOldestDigestsAndWhatAClockAheadLeft() {
    own.contribute(NOW + 1_000_000 * EPOCH_SEC, 1, 1, 1, "unknown");
    int epochs = StatAggregator.MAX_CHAIN + 10;
    for (int i = 0; i < epochs; i++) {
      own.contribute(NOW + i * EPOCH_SEC, 1, 1, 1, "unknown");
    }

    NetworkStats stats = own.report(NOW + (epochs - 1) * EPOCH_SEC);
    assertEquals(StatAggregator.MAX_CHAIN, stats.chain().size());
    assertEquals(1000 + epochs - 3, stats.chainHead());
  }

  @Test
  void shouldClampWhatItContributes() {
    StatMetrics metrics = own.contribute(NOW, -1, 2 << 20, 1000, "unknown").metrics();

    assertEquals(1 << 20, metrics.bandwidthIn());
    assertEquals(1 << 20, metrics.bandwidthOut());
    assertEquals(256, metrics.degree());
  }

  @Test
  void shouldNumberRevisionsByTheClockAndAnewInEachEpoch() {
    assertEquals(11, own.contribute(NOW, 0, 0, 0, "").metrics().sequence());
    assertEquals(12, own.contribute(NOW, 0, 0, 0, "").metrics().sequence());
    assertEquals(
        16, node(0, QUIET).contribute(NOW + 5, 0, 0, 0, "").metrics().sequence(), "restarted");
    assertEquals(11, own.contribute(NOW + EPOCH_SEC, 0, 0, 0, "").metrics().sequence());
  }

  @Test
  void shouldContributeUnderAnotherNameInEachEpoch() {
    EpochId first = own.contribute(NOW, 0, 0, 0, "").id();

    assertEquals(first, own.contribute(NOW + 1, 0, 0, 0, "").id());
    assertNotEquals(first, own.contribute(NOW + EPOCH_SEC, 0, 0, 0, "").id());
    assertNotEquals(first, node(1, QUIET).contribute(NOW, 0, 0, 0, "").id());
  }

  @Test
  void shouldAddNoiseThatBlursOneNodeButNotTheMean() {
    long cap = 1 << 20;
    LaplaceNoise noise = new LaplaceNoise(new SplittableRandom(7), 1);
    int runs = 100_000;
    double sum = 0;
    int near = 0;
    for (int i = 0; i < runs; i++) {
      long noisy = noise.apply(cap, cap);
      sum += noisy;
      near += Math.abs(noisy - cap) < cap / 100 ? 1 : 0;
    }

    // E[max(0, cap + L)] = cap (1 + 1/(2e)) for a Laplace variable L of scale cap.
    assertEquals(1 + 1 / (2 * Math.E), sum / runs / cap, 0.02);
    assertTrue(near < runs / 50, near + " of " + runs + " within one percent");
  }

  @Test
  void shouldAddNoNoiseWithoutAPrivacyParameterAndNoneBelowZero() {
    assertEquals(5, new LaplaceNoise(new SplittableRandom(1), -1).apply(5, 10));
    assertEquals(10, new LaplaceNoise(new SplittableRandom(1), 0).apply(-5, 10));
    LaplaceNoise noise = new LaplaceNoise(new SplittableRandom(1), 0.001);
    for (int i = 0; i < 1000; i++) {
      assertTrue(noise.apply(0, 100) >= 0);
    }
  }

  private static StatAggregator node(int number, StatParams params) {
    return new StatAggregator(params, peer(number), new SplittableRandom(number));
  }

  private static StatDelta delta(long epoch, int node) {
    return new StatDelta(epoch, EpochId.derive(epoch, peer(node)), new StatMetrics(1, 1, 1, "", 1));
  }

  private static PeerId peer(int number) {
    byte[] key = new byte[PeerId.BYTES];
    key[0] = (byte) number;
    return PeerId.of(key);
  }
}
