// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.gateway;

import org.jspecify.annotations.Nullable;

/** One of the two protocols in which gateways are asked at port 5351. */
interface Dialect {
  /** Its name in reports. */
  String name();

  /** A request for a port. */
  byte[] map(MapRequest request);

  /** The answer to a request for a port; {@code null} if the datagram is none to this one. */
  @Nullable GatewayAnswer readMap(MapRequest request, byte[] datagram);

  /** A request for the external address; {@code null} if each granted port comes with it. */
  byte @Nullable [] external();

  /** The answer to {@link #external}; {@code null} if the datagram is none. */
  @Nullable GatewayAnswer readExternal(byte[] datagram);

  /** How the port that was granted is given back. */
  MapRequest release(MapRequest granted);
}
