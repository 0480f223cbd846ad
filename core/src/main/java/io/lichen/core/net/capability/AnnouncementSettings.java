// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

/**
 * Times and bounds of announcements.
 *
 * @param minGapNs between two of this node's own; what is announced meanwhile goes out at its end
 * @param refreshNs after which a node says again what it has
 * @param debounceNs for which changes of services are gathered
 * @param ttlSecs for how long others are to believe it
 * @param seenNs for how long copies are known
 * @param maxNodes other nodes in the index
 * @param maxSeen announcements remembered
 * @param perSecond of one peer, lasting
 * @param burst of one peer, at once
 * @param requireSigned whether unsigned ones are dropped
 * @param directPaths whether this node says that its relayed sessions move to direct paths
 * @param portPrediction whether this node says that it makes use of predicted ports
 */
public record AnnouncementSettings(
    long minGapNs,
    long refreshNs,
    long debounceNs,
    long ttlSecs,
    long seenNs,
    int maxNodes,
    int maxSeen,
    int perSecond,
    int burst,
    boolean requireSigned,
    boolean directPaths,
    boolean portPrediction) {
  private static final long MS_NS = 1_000_000L;
  private static final long SECOND_NS = 1000 * MS_NS;

  /** 10 s; 150 s; 100 ms; 300 s; 600 s; 4096; 16384; 64 and 1024; signed; all else said. */
  public static AnnouncementSettings defaults() {
    return new AnnouncementSettings(
        10 * SECOND_NS,
        150 * SECOND_NS,
        100 * MS_NS,
        300,
        600 * SECOND_NS,
        4096,
        16_384,
        64,
        1024,
        true,
        true,
        true);
  }

  /** With another word on unsigned ones. */
  public AnnouncementSettings withRequireSigned(boolean value) {
    return new AnnouncementSettings(
        minGapNs,
        refreshNs,
        debounceNs,
        ttlSecs,
        seenNs,
        maxNodes,
        maxSeen,
        perSecond,
        burst,
        value,
        directPaths,
        portPrediction);
  }

  /** With another word on direct paths. */
  public AnnouncementSettings withDirectPaths(boolean value) {
    return new AnnouncementSettings(
        minGapNs,
        refreshNs,
        debounceNs,
        ttlSecs,
        seenNs,
        maxNodes,
        maxSeen,
        perSecond,
        burst,
        requireSigned,
        value,
        portPrediction);
  }

  /** With another word on predicted ports. */
  public AnnouncementSettings withPortPrediction(boolean value) {
    return new AnnouncementSettings(
        minGapNs,
        refreshNs,
        debounceNs,
        ttlSecs,
        seenNs,
        maxNodes,
        maxSeen,
        perSecond,
        burst,
        requireSigned,
        directPaths,
        value);
  }

  /** With another gap. */
  public AnnouncementSettings withMinGapNs(long value) {
    return new AnnouncementSettings(
        value,
        refreshNs,
        debounceNs,
        ttlSecs,
        seenNs,
        maxNodes,
        maxSeen,
        perSecond,
        burst,
        requireSigned,
        directPaths,
        portPrediction);
  }
}
