// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat;

import io.lichen.nat.gateway.GatewaySettings;
import java.util.Set;

/**
 * Which port is to be opened, and how. Immutable.
 *
 * @param port the port at which the node listens, 1 to 65535
 * @param protocols how routers may be asked
 * @param gateway how patiently they are asked, and how often
 * @param doors where they are asked
 * @param nonces with which PCP asks
 */
public record PortMapperSettings(
    int port,
    Set<MappingProtocol> protocols,
    GatewaySettings gateway,
    Doors doors,
    NonceSecret nonces) {
  private static final int MAX_PORT = 65_535;

  /**
   * Copies the set.
   *
   * @throws IllegalArgumentException if the port is none
   */
  public PortMapperSettings {
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("port " + port + " is not from 1 to " + MAX_PORT);
    }
    protocols = Set.copyOf(protocols);
  }

  /** For half an hour, asked for again each minute. */
  public static PortMapperSettings of(
      int port, Set<MappingProtocol> protocols, NonceSecret nonces) {
    return new PortMapperSettings(
        port, protocols, GatewaySettings.defaults(), Doors.standard(), nonces);
  }
}
