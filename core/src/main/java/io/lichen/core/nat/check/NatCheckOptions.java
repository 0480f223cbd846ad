// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat.check;

import java.time.Duration;
import java.util.List;

/**
 * What is asked to find out what this machine is behind. Immutable.
 *
 * @param stunServers {@code host:port} of STUN servers; empty to ask none
 * @param routers whether routers are asked to open a port, which is given back at once
 * @param bindInterface name or number of the only interface to be used, empty for all
 * @param patience how long an answer of a STUN server is waited for, above 0
 */
public record NatCheckOptions(
    List<String> stunServers, boolean routers, String bindInterface, Duration patience) {
  /** Public servers that anybody may ask: those that upstream's nodes ask. */
  public static final List<String> PUBLIC_STUN =
      List.of(
          "stun.l.google.com:19302",
          "stun1.l.google.com:19302",
          "stun2.l.google.com:19302",
          "stun3.l.google.com:19302",
          "stun4.l.google.com:19302",
          "stun.cloudflare.com:3478",
          "stun.f.haeder.net:3478",
          "freestun.net:3478");

  /** How many servers are asked at most. */
  public static final int MAX_SERVERS = 16;

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there are too many servers, or no time to wait
   */
  public NatCheckOptions {
    stunServers = List.copyOf(stunServers);
    if (stunServers.size() > MAX_SERVERS) {
      throw new IllegalArgumentException(
          stunServers.size() + " STUN servers are more than " + MAX_SERVERS);
    }
    if (patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException("no time to wait: " + patience);
    }
  }
}
