// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat.mapping;

import io.lichen.core.nat.Doors;
import io.lichen.core.nat.MappingProtocol;
import io.lichen.core.nat.local.Uplink;
import io.lichen.nat.gateway.GatewayMapper;
import io.lichen.nat.gateway.GatewayOutput;
import io.lichen.nat.gateway.GatewaySettings;
import io.lichen.nat.gateway.PcpNonces;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes the ports that a node asks for at its routers. Thread-safe. */
public final class RouterPorts {
  private static final String MAC = "HmacSHA256";
  private static final int SECRET_BYTES = 32;

  private final Doors doors;
  private final int port;
  private final GatewaySettings settings;
  private final Runnable onRestart;
  private final SecureRandom random = new SecureRandom();
  private final byte[] secret = new byte[SECRET_BYTES];

  /**
   * Prepares it.
   *
   * @param doors where routers are asked
   * @param port the node's own port, 1 to 65535
   * @param onRestart told when a router is found restarted, on the thread of the port
   */
  public RouterPorts(Doors doors, int port, GatewaySettings settings, Runnable onRestart) {
    this.doors = doors;
    this.port = port;
    this.settings = settings;
    this.onRestart = onRestart;
    random.nextBytes(secret);
  }

  /** Prepares the port at one router. */
  public GatewayPort at(Uplink uplink, MappingProtocol protocol) {
    return switch (protocol) {
      case UPNP -> new IgdPort(uplink, doors.ssdp(), port, settings, random);
      case NAT_PMP -> asked(uplink, output -> GatewayMapper.natPmp(port, settings, output));
      case PCP ->
          asked(
              uplink,
              output ->
                  GatewayMapper.pcp(
                      port, uplink.local().address(), nonces(uplink), settings, output));
    };
  }

  private GatewayPort asked(Uplink uplink, Function<GatewayOutput, GatewayMapper> engine) {
    return new AskedPort(uplink, doors.mappingPort(), engine, onRestart);
  }

  /**
   * The same for one router each time: it gives a port that it still holds to nobody else, and this
   * node may ask again after it could not give it back.
   */
  private PcpNonces nonces(Uplink uplink) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(secret, MAC));
      mac.update(uplink.local().address().getAddress());
      byte[] drawn = mac.doFinal(uplink.gateway().getAddress());
      return new PcpNonces(
          Arrays.copyOf(drawn, PcpNonces.BYTES),
          Arrays.copyOfRange(drawn, PcpNonces.BYTES, 2 * PcpNonces.BYTES));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has " + MAC, e);
    }
  }
}
