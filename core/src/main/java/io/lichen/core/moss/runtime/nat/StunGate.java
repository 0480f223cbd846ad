// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat;

import io.lichen.nat.profile.AddressRank;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a node that was told of no STUN servers may ask those that everybody asks: only one that
 * is meant for the public network (docs/wire/moss-nat.md, "STUN").
 */
public final class StunGate {
  private StunGate() {}

  /** Whether a tracker has a public address or a name, or a static peer is not on this machine. */
  public static boolean isOpen(List<String> trackers, List<String> staticPeers) {
    return trackers.stream().anyMatch(StunGate::isPublicTracker)
        || staticPeers.stream().anyMatch(StunGate::isElsewhere);
  }

  private static boolean isPublicTracker(String tracker) {
    String host = hostOf(tracker);
    if (host == null || host.isEmpty() || host.equalsIgnoreCase("localhost")) {
      return false;
    }
    boolean isBracketed = host.startsWith("[") && host.endsWith("]");
    boolean isName = !isBracketed && !host.matches("[0-9.]+");
    String literal = isBracketed ? host.substring(1, host.length() - 1) : host;
    return isName || AddressRank.of(literal) == AddressRank.PUBLIC;
  }

  private static @Nullable String hostOf(String tracker) {
    try {
      return new URI(tracker).getHost();
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private static boolean isElsewhere(String peer) {
    int colon = peer.lastIndexOf(':');
    return colon > 0
        && !AddressRank.isLoopback(peer)
        && !peer.substring(0, colon).equalsIgnoreCase("localhost");
  }
}
