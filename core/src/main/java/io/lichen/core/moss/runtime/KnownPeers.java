// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.crypto.PeerId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the node remembers of peers that it met or heard of: where they are, and the Noise static
 * keys with which a redial takes one round trip. Bounded; the one not touched for longest goes. The
 * node's loop only.
 */
final class KnownPeers {
  /** Peers remembered. */
  static final int MAX_PEERS = 1024;

  private static final class Known {
    @Nullable String address;
    byte @Nullable [] noiseStatic;
    boolean met;
  }

  private final Map<PeerId, Known> entries =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PeerId, Known> eldest) {
          return size() > MAX_PEERS;
        }
      };

  /**
   * A handshake has shown who a peer is.
   *
   * @param address where it can be dialled; {@code null} if it came by itself over TCP, whose
   *     source port says nothing
   */
  void met(PeerId peer, byte[] noiseStatic, @Nullable String address) {
    Known entry = entry(peer);
    entry.met = true;
    entry.noiseStatic = noiseStatic;
    if (address != null) {
      entry.address = address;
    }
  }

  /**
   * A signed announcement has named a peer. It never overrides what a handshake has shown.
   *
   * @param noiseStatic the announced key, 32 bytes, or empty
   */
  void announced(PeerId peer, byte[] noiseStatic, String address) {
    Known entry = entry(peer);
    if (!entry.met && noiseStatic.length > 0) {
      entry.noiseStatic = noiseStatic.clone();
    }
    if (!entry.met || entry.address == null) {
      entry.address = address;
    }
  }

  /** Whether an announcement would say nothing new. */
  boolean knows(PeerId peer, byte[] noiseStatic, String address) {
    Known entry = entries.get(peer);
    return entry != null
        && (entry.met || address.equals(entry.address))
        && (entry.met || noiseStatic.length == 0 || entry.noiseStatic != null)
        && entry.address != null;
  }

  /** The Noise static key of a peer, if known. */
  byte @Nullable [] noiseStatic(@Nullable PeerId peer) {
    Known entry = peer == null ? null : entries.get(peer);
    return entry == null ? null : entry.noiseStatic;
  }

  /** The Noise static key of whoever was last known at this address, if known. */
  byte @Nullable [] noiseStaticAt(String address) {
    for (Known entry : entries.values()) {
      if (address.equals(entry.address) && entry.noiseStatic != null) {
        return entry.noiseStatic;
      }
    }
    return null;
  }

  /** Number of peers remembered. */
  int size() {
    return entries.size();
  }

  /** A line for each, sorted, as mesh info has them. */
  Set<String> lines(Predicate<PeerId> connected) {
    Set<String> lines = new TreeSet<>();
    entries.forEach(
        (peer, entry) ->
            lines.add(
                peer.hex().substring(0, 8)
                    + "@"
                    + (entry.address == null ? "" : entry.address)
                    + (connected.test(peer) ? "[direct]" : "[known]")));
    return lines;
  }

  private Known entry(PeerId peer) {
    return entries.computeIfAbsent(peer, unused -> new Known());
  }
}
