// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery;

import java.util.Locale;

/** Who told this node of a peer. */
public enum DiscoverySource {
  /** The configuration. */
  STATIC,
  /** The file of an earlier run. */
  CACHE,
  /** A tracker. */
  TRACKER,
  /** A beacon in the local network. */
  LAN,
  /** A node of the DHT. */
  DHT;

  /** Its name in metrics. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
