// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a node knows about the whole network, as the native API's network statistics have it
 * (docs/wire/moss-stats.md, "Report"). Nobody vouches for it: contributions are neither signed nor
 * checked, so take it for an estimate among friends. Immutable.
 *
 * @param enabled whether this node takes part; if not, all else is zero or empty
 * @param epoch which epoch this is about
 * @param nodeCountEstimate about how many nodes contributed
 * @param contributors how many contributions this node holds
 * @param kAnonOk whether these are enough to show sums and histograms
 * @param bandwidthInTotal bytes received by all since the epoch began, unsigned, with noise; 0 if
 *     not shown
 * @param bandwidthOutTotal bytes sent by all, likewise
 * @param natHistogram contributors by the name of their NAT type; empty if not shown
 * @param degreeHistogram contributors by their number of peers; empty if not shown
 * @param epochDigest hash of this state, hex; equal on nodes that know the same
 * @param previousDigest hash of the epoch before, if that is closed, else zeros
 * @param chainHead the last closed epoch, 0 if there is none
 * @param chain the closed epochs that are remembered, oldest first
 */
public record NetworkStats(
    boolean enabled,
    long epoch,
    long nodeCountEstimate,
    int contributors,
    boolean kAnonOk,
    long bandwidthInTotal,
    long bandwidthOutTotal,
    SortedMap<String, Integer> natHistogram,
    SortedMap<String, Integer> degreeHistogram,
    String epochDigest,
    String previousDigest,
    long chainHead,
    List<Link> chain) {

  /**
   * A closed epoch.
   *
   * @param epoch which one
   * @param digest its hash, hex
   * @param previousDigest the hash of the epoch before it, zeros if unknown
   */
  public record Link(long epoch, String digest, String previousDigest) {}

  /** Copies the collections. */
  public NetworkStats {
    natHistogram = Collections.unmodifiableSortedMap(new TreeMap<>(natHistogram));
    degreeHistogram = Collections.unmodifiableSortedMap(new TreeMap<>(degreeHistogram));
    chain = List.copyOf(chain);
  }

  /** Of a node that does not take part. */
  public static NetworkStats disabled() {
    return nothing(false);
  }

  /** Of a node that takes part and has heard nothing yet. */
  public static NetworkStats empty() {
    return nothing(true);
  }

  private static NetworkStats nothing(boolean enabled) {
    SortedMap<String, Integer> none = Collections.emptySortedMap();
    return new NetworkStats(enabled, 0, 0, 0, false, 0, 0, none, none, "", "", 0, List.of());
  }

  /**
   * The JSON text of the native API: its keys in its order; what is not shown is left out; an empty
   * object of a node that does not take part.
   */
  public String toJson() {
    return NetworkStatsJson.write(this);
  }

  /** The closed epochs as the native writes them: an array of objects. */
  public String chainJson() {
    return NetworkStatsJson.chain(chain);
  }
}
