// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat.mapping;

import io.lichen.core.nat.Doors;
import io.lichen.core.nat.MappingProtocol;
import io.lichen.core.nat.NonceSecret;
import io.lichen.core.nat.local.Uplink;
import io.lichen.nat.gateway.GatewayMapper;
import io.lichen.nat.gateway.GatewayOutput;
import io.lichen.nat.gateway.GatewaySettings;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.function.Function;

/** Makes the ports that a node asks for at its routers. Thread-safe. */
public final class RouterPorts {
  private final Doors doors;
  private final int port;
  private final GatewaySettings settings;
  private final NonceSecret nonces;
  private final Runnable onRestart;
  private final SecureRandom random = new SecureRandom();

  /**
   * Prepares it.
   *
   * @param doors where routers are asked
   * @param port the node's own port, 1 to 65535
   * @param nonces with which PCP asks
   * @param onRestart told when a router is found restarted, on the thread of the port
   */
  public RouterPorts(
      Doors doors, int port, GatewaySettings settings, NonceSecret nonces, Runnable onRestart) {
    this.doors = doors;
    this.port = port;
    this.settings = settings;
    this.nonces = nonces;
    this.onRestart = onRestart;
  }

  /** Prepares the port at one router. */
  public GatewayPort at(Uplink uplink, MappingProtocol protocol) {
    return switch (protocol) {
      case UPNP -> new IgdPort(uplink, doors.ssdp(), port, settings, random);
      case NAT_PMP -> asked(uplink, output -> GatewayMapper.natPmp(port, settings, output));
      case PCP -> asked(uplink, output -> pcp(uplink, output));
    };
  }

  private GatewayMapper pcp(Uplink uplink, GatewayOutput output) {
    InetAddress local = uplink.local().address();
    return GatewayMapper.pcp(port, local, nonces.nonces(local, uplink.gateway()), settings, output);
  }

  private GatewayPort asked(Uplink uplink, Function<GatewayOutput, GatewayMapper> engine) {
    return new AskedPort(uplink, doors.mappingPort(), engine, onRestart);
  }
}
