// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.gateway;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** What a gateway says. */
sealed interface GatewayAnswer {
  /** Seconds since the gateway began to keep what it keeps; unsigned 32 bits. */
  long epochSeconds();

  /**
   * A port is open.
   *
   * @param host the gateway's external address, if the answer tells it
   * @param externalPort 1 to 65535
   * @param lifetimeSeconds for how long; 0 if it was given back
   */
  record Granted(
      long epochSeconds, @Nullable InetAddress host, int externalPort, long lifetimeSeconds)
      implements GatewayAnswer {}

  /** The gateway's external address. */
  record External(long epochSeconds, InetAddress host) implements GatewayAnswer {}

  /**
   * It will not.
   *
   * @param result the protocol's code, not 0
   */
  record Refused(long epochSeconds, int result) implements GatewayAnswer {}
}
