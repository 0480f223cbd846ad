// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

import io.lichen.core.net.wire.CapabilityAnnouncement;
import io.lichen.core.net.wire.CapabilityTags;
import io.lichen.core.net.wire.ReflexAddress;
import io.lichen.crypto.entity.EntityKeyPair;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a node says of itself: what its application announces, and what the node adds. Versions
 * start at the clock, so that those of a node that was restarted are above its old ones. Not
 * thread-safe.
 */
final class OwnAnnouncement {
  private static final long NS_PER_MS = 1_000_000L;

  private final EntityKeyPair keys;
  private final AnnouncementSettings settings;
  private @Nullable CapabilitySet baseline;
  private Set<String> services = Set.of();
  private List<String> natTags = List.of(NodeTags.NAT_UNKNOWN);
  private @Nullable ReflexAddress reflex;
  private long version;
  private @Nullable CapabilitySet said;
  private byte @Nullable [] encoded;

  OwnAnnouncement(EntityKeyPair keys, AnnouncementSettings settings, long unixNs) {
    this.keys = keys;
    this.settings = settings;
    this.version = unixNs / NS_PER_MS;
  }

  /** Whether anything was ever announced. */
  boolean exists() {
    return baseline != null;
  }

  /**
   * Takes what the application announces.
   *
   * @throws IllegalArgumentException if it does not fit into one event
   */
  void setBaseline(CapabilitySet has, long unixNs) {
    CapabilitySet before = baseline;
    baseline = has;
    try {
      build(unixNs);
    } catch (IllegalArgumentException e) {
      baseline = before;
      throw e;
    }
  }

  void setServices(Set<String> names) {
    services = new TreeSet<>(names);
  }

  void setNat(Collection<String> tags, @Nullable ReflexAddress seenAt) {
    natTags = List.copyOf(tags);
    reflex = seenAt;
  }

  /**
   * Makes a new one, of the next version and the present time.
   *
   * @throws IllegalArgumentException if it does not fit into one event
   */
  void build(long unixNs) {
    if (baseline == null) {
      throw new IllegalStateException("nothing was announced yet");
    }
    List<String> tags = new ArrayList<>(baseline.tags().tags());
    NodeTags.addTo(tags, natTags, services);
    if (settings.directPaths()) {
      tags.add(NodeTags.DIRECT_PATHS);
    }
    if (settings.portPrediction()) {
      tags.add(NodeTags.PORT_PREDICTION);
    }
    CapabilityTags all = CapabilityTags.of(tags, baseline.tags().metadata());
    CapabilityAnnouncement made =
        CapabilityAnnouncement.unsigned(
                keys.id(), version + 1, unixNs, settings.ttlSecs(), all, reflex)
            .sign(keys);
    byte[] octets = made.encode();
    if (octets.length > CapabilityAnnouncement.MAX_BYTES) {
      throw new IllegalArgumentException(
          "capabilities take "
              + octets.length
              + " octets as an announcement, more than "
              + CapabilityAnnouncement.MAX_BYTES);
    }
    version++;
    said = CapabilitySet.of(all);
    encoded = octets;
  }

  /** What goes to peers; {@code null} if nothing was ever announced. */
  byte @Nullable [] encoded() {
    return encoded;
  }

  /** What it says; {@code null} if nothing was ever announced. */
  @Nullable CapabilitySet said() {
    return said;
  }
}
