// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery;

import io.lichen.core.moss.discovery.dht.DhtCounters;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** What discovery counts; docs/metrics.md has the names. Thread-safe. */
public final class DiscoveryCounters {
  private final Map<DiscoverySource, LongAdder> found = adders();
  private final Map<DiscoverySource, LongAdder> refused = adders();
  private final Map<DiscoverySource, LongAdder> connected = adders();

  /** Announces that a tracker answered. */
  public final LongAdder trackerAnswers = new LongAdder();

  /** Announces that no tracker answered. */
  public final LongAdder trackerFailures = new LongAdder();

  /** Beacons sent, replies included. */
  public final LongAdder beaconsSent = new LongAdder();

  /** Beacons that named a peer of this network. */
  public final LongAdder beaconsAccepted = new LongAdder();

  /** Beacons of this very node. */
  public final LongAdder beaconsOwn = new LongAdder();

  /** Beacons of other networks, of strangers, malformed, or over a limit. */
  public final LongAdder beaconsIgnored = new LongAdder();

  /** What the node of the DHT counts. */
  public final DhtCounters dht = new DhtCounters();

  /** Addresses heard of for the first time, and worth a dial. */
  public LongAdder found(DiscoverySource source) {
    return Objects.requireNonNull(found.get(source));
  }

  /** Addresses that are not dialled: no place, this node's own, or too many. */
  public LongAdder refused(DiscoverySource source) {
    return Objects.requireNonNull(refused.get(source));
  }

  /** Addresses that led to a session. */
  public LongAdder connected(DiscoverySource source) {
    return Objects.requireNonNull(connected.get(source));
  }

  private static Map<DiscoverySource, LongAdder> adders() {
    Map<DiscoverySource, LongAdder> adders = new EnumMap<>(DiscoverySource.class);
    for (DiscoverySource source : DiscoverySource.values()) {
      adders.put(source, new LongAdder());
    }
    return adders;
  }
}
