// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.gateway;

/**
 * Asks for a port, or gives it back.
 *
 * @param internalPort the port on this machine
 * @param externalPort the port wanted at the gateway; 0 if any will do
 * @param lifetimeSeconds for how long; 0 gives it back
 */
record MapRequest(PortKind kind, int internalPort, int externalPort, long lifetimeSeconds) {
  /** The same, to give the port back. */
  MapRequest release() {
    return new MapRequest(kind, internalPort, externalPort, 0);
  }

  /** The same, wanting another port at the gateway. */
  MapRequest wanting(int port) {
    return new MapRequest(kind, internalPort, port, lifetimeSeconds);
  }
}
