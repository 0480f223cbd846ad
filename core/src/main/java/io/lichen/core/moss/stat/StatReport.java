// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.stat;

import io.lichen.core.moss.NetworkStats;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts together what is said about an epoch (docs/wire/moss-stats.md, "Report"). Stateless. */
final class StatReport {
  private static final byte[] ZEROS = new byte[EpochSnapshot.DIGEST_BYTES];
  private static final HexFormat HEX = HexFormat.of();

  private StatReport() {}

  /** The report on a snapshot; sums and histograms only from {@code kAnon} contributors on. */
  static NetworkStats of(EpochSnapshot snapshot, SortedMap<Long, byte[]> chain, long kAnon) {
    boolean enough = snapshot.contributors() >= kAnon;
    Collection<StatMetrics> shown = enough ? snapshot.metrics() : List.of();
    byte[] previous = previous(chain, snapshot.epoch());
    return new NetworkStats(
        true,
        snapshot.epoch(),
        snapshot.nodeCountEstimate(),
        snapshot.contributors(),
        enough,
        shown.stream().mapToLong(StatMetrics::bandwidthIn).reduce(0, StatReport::sum),
        shown.stream().mapToLong(StatMetrics::bandwidthOut).reduce(0, StatReport::sum),
        natHistogram(shown),
        degreeHistogram(shown),
        HEX.formatHex(snapshot.digest(previous)),
        HEX.formatHex(previous),
        chain.isEmpty() ? 0 : chain.lastKey(),
        links(chain));
  }

  /** The digest of the epoch before; zeros if it is not known. */
  static byte[] previous(Map<Long, byte[]> chain, long epoch) {
    return chain.getOrDefault(epoch - 1, ZEROS);
  }

  private static List<NetworkStats.Link> links(SortedMap<Long, byte[]> chain) {
    List<NetworkStats.Link> links = new ArrayList<>();
    chain.forEach(
        (epoch, digest) ->
            links.add(
                new NetworkStats.Link(
                    epoch, HEX.formatHex(digest), HEX.formatHex(previous(chain, epoch)))));
    return links;
  }

  private static SortedMap<String, Integer> natHistogram(Collection<StatMetrics> metrics) {
    SortedMap<String, Integer> histogram = new TreeMap<>();
    for (StatMetrics one : metrics) {
      histogram.merge(one.natType().isEmpty() ? "unknown" : one.natType(), 1, Integer::sum);
    }
    return histogram;
  }

  private static SortedMap<String, Integer> degreeHistogram(Collection<StatMetrics> metrics) {
    SortedMap<String, Integer> histogram = new TreeMap<>();
    for (StatMetrics one : metrics) {
      histogram.merge(degreeBucket(Integer.toUnsignedLong(one.degree())), 1, Integer::sum);
    }
    return histogram;
  }

  private static String degreeBucket(long degree) {
    if (degree == 0) {
      return "0";
    }
    if (degree <= 2) {
      return "1-2";
    }
    if (degree <= 5) {
      return "3-5";
    }
    if (degree <= 10) {
      return "6-10";
    }
    return degree <= 20 ? "11-20" : "21+";
  }

  /**
   * The unsigned sum, or the greatest number if that does not fit: contributions are not checked.
   */
  private static long sum(long a, long b) {
    return Long.compareUnsigned(a + b, a) < 0 ? -1 : a + b;
  }
}
