// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss;

import java.util.List;

/**
 * The state of a node, as the native API's mesh info has it (docs/wire/moss-mesh.md, "Mesh info").
 *
 * @param meshId the mesh or room given at the start
 * @param listenPort the bound port, 0 before the start
 * @param advertisedAddress where others can reach the node as far as it knows, {@code host:port}
 * @param peerCount connected peers, direct and relayed
 * @param peers addresses of connected peers, sorted
 * @param peerDetails connected peers, sorted by id
 * @param knownPeerCount peers ever heard of and remembered
 * @param knownPeers a line for each, sorted
 * @param directPeerCount connected without a relay
 * @param relayedPeerCount connected through a relay
 * @param relayCapablePeerCount known, trusted, reachable peers that relay
 * @param relaySessionCount this node's own sessions through relays
 * @param relayRouteCount sessions this node relays for others
 * @param channels subscribed channels
 * @param natType one of the seven NAT type names
 * @param publicKey this node's Ed25519 public key, hex
 * @param supernodeReady whether this node acts as a supernode
 * @param telemetryEnabled whether network statistics are exchanged
 * @param axiomShipping always false: Lichen uploads nothing
 */
public record MeshInfo(
    String meshId,
    int listenPort,
    String advertisedAddress,
    int peerCount,
    List<String> peers,
    List<PeerDetail> peerDetails,
    int knownPeerCount,
    List<String> knownPeers,
    int directPeerCount,
    int relayedPeerCount,
    int relayCapablePeerCount,
    int relaySessionCount,
    int relayRouteCount,
    List<String> channels,
    String natType,
    String publicKey,
    boolean supernodeReady,
    boolean telemetryEnabled,
    boolean axiomShipping) {

  /**
   * A connected peer.
   *
   * @param id its id, hex
   * @param address its address
   * @param relayed whether a relay is between
   */
  public record PeerDetail(String id, String address, boolean relayed) {}

  /** Copies the lists. */
  public MeshInfo {
    peers = List.copyOf(peers);
    peerDetails = List.copyOf(peerDetails);
    knownPeers = List.copyOf(knownPeers);
    channels = List.copyOf(channels);
  }

  /**
   * The JSON text of the native API: its keys in its order, {@code peers} null when there is none,
   * {@code peer_details} and {@code known_peers} left out when empty (docs/wire/moss-mesh.md, "Mesh
   * info").
   */
  public String toJson() {
    return MeshInfoJson.write(this);
  }
}
