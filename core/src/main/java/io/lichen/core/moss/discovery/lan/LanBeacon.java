// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.lan;

import io.lichen.core.json.JsonException;
import io.lichen.core.json.JsonReader;
import io.lichen.core.json.JsonWriter;
import io.lichen.core.json.NameTable;
import java.util.List;

/**
 * What a node calls out in its local network (docs/wire/moss-discovery.md, "Beacons"). Nobody
 * vouches for any of it.
 *
 * @param networkId the network, in era A the mesh
 * @param peerId the node's id in hex
 * @param listenPort where it listens
 * @param advertisedAddress where it says it can be reached, empty if it does not
 * @param natType what NAT it says it is behind, empty if it does not
 * @param publicReachable whether it says that everybody can reach it
 * @param relayCapable whether it says that it relays
 */
public record LanBeacon(
    String networkId,
    String peerId,
    long listenPort,
    String advertisedAddress,
    String natType,
    boolean publicReachable,
    boolean relayCapable) {
  private static final NameTable NAMES =
      new NameTable(List.of("mesh_id", "peer_id", "listen_port"));
  private static final int NETWORK = 0;
  private static final int PEER = 1;
  private static final int PORT = 2;

  /** The beacon of a node that knows nothing of its surroundings. */
  public static LanBeacon of(String networkId, String peerId, int listenPort) {
    return new LanBeacon(networkId, peerId, listenPort, "", "unknown", false, false);
  }

  /** The datagram; members that say nothing are left out. */
  public byte[] encode() {
    JsonWriter json =
        new JsonWriter(256)
            .ascii("{\"mesh_id\":")
            .string(networkId)
            .ascii(",\"peer_id\":")
            .string(peerId)
            .ascii(",\"listen_port\":")
            .number(listenPort);
    if (!advertisedAddress.isEmpty()) {
      json.ascii(",\"advertised_addr\":").string(advertisedAddress);
    }
    if (!natType.isEmpty()) {
      json.ascii(",\"nat_type\":").string(natType);
    }
    json.ascii(publicReachable ? ",\"public_reachable\":true" : "");
    json.ascii(relayCapable ? ",\"relay_capable\":true" : "");
    return json.raw('}').toByteArray();
  }

  /**
   * Who calls, and where it listens. What a beacon says beyond that is not read: a stranger could
   * say it of anybody.
   *
   * @throws JsonException if it is no such datagram
   */
  public static LanBeacon decode(byte[] datagram) throws JsonException {
    JsonReader json = new JsonReader(datagram, 0, datagram.length);
    String network = "";
    String peer = "";
    long port = 0;
    json.beginObject();
    while (json.nextMember()) {
      switch (json.nameIndex(NAMES)) {
        case NETWORK -> network = json.readString();
        case PEER -> peer = json.readString();
        case PORT -> port = json.readLong();
        default -> json.skipValue();
      }
    }
    json.end();
    return new LanBeacon(network, peer, port, "", "", false, false);
  }
}
