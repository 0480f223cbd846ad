// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss;

import io.lichen.core.moss.config.MossConfigReader;
import io.lichen.crypto.PeerId;
import io.lichen.gossipsub.GossipSubParams;
import io.lichen.transport.moss.Era;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a node behaves: upstream's settings under upstream's names, and our own under {@link Lichen}
 * (docs/config.md lists all of them). Immutable. Numbers are as configured, without upper bounds;
 * whoever uses one bounds it.
 *
 * @param networkId the network that era C meshes share; not empty
 * @param trackers announce URLs; empty for none
 * @param announceIntervalSec between announces, above 0
 * @param listenPort the port to bind, 0 for any
 * @param maxPeers direct sessions, above 0
 * @param staticPeers {@code host:port} of peers to dial and to redial
 * @param bootstrapTimeoutSec for one announce round, above 0
 * @param lanDiscoveryEnabled whether to look for peers in the local network
 * @param lanDiscoveryPort its UDP port, above 0
 * @param lanDiscoveryMs between beacons, above 0
 * @param bindInterface name or number of the interface to use, empty for the routing table's choice
 * @param gossipSub the mesh of each topic
 * @param nat port mapping, relaying, hole punching
 * @param security limits and deadlines
 * @param transport queues
 * @param obfsPadMax largest padding of a datagram in bytes; 0 or less stands for 256
 * @param dhtEnabled whether to look for peers in the DHT
 * @param dhtPort its UDP port, 0 for any
 * @param peerCacheMax remembered addresses; 0 or less stands for 256
 * @param peerCacheTtlSec how long; 0 or less stands for a week
 * @param peerCachePath the file that remembers them, empty for none
 * @param telemetry network statistics
 * @param veil upstream's masked bearer: read, never used
 * @param lichen our own settings
 */
public record MossConfig(
    String networkId,
    List<String> trackers,
    long announceIntervalSec,
    long listenPort,
    long maxPeers,
    List<String> staticPeers,
    long bootstrapTimeoutSec,
    boolean lanDiscoveryEnabled,
    long lanDiscoveryPort,
    long lanDiscoveryMs,
    String bindInterface,
    GossipSub gossipSub,
    Nat nat,
    Security security,
    Transport transport,
    long obfsPadMax,
    boolean dhtEnabled,
    long dhtPort,
    long peerCacheMax,
    long peerCacheTtlSec,
    String peerCachePath,
    Telemetry telemetry,
    Veil veil,
    Lichen lichen) {

  /** Copies the lists. */
  public MossConfig {
    trackers = List.copyOf(trackers);
    staticPeers = List.copyOf(staticPeers);
  }

  /**
   * The mesh of each topic; all above 0.
   *
   * @param d peers wanted
   * @param dLo below it, peers are added
   * @param dHigh above it, peers are removed
   * @param dOut outbound peers kept when removing
   * @param dLazy peers that are told of messages
   * @param heartbeatMs between maintenance rounds
   */
  public record GossipSub(long d, long dLo, long dHigh, long dOut, long dLazy, long heartbeatMs) {}

  /**
   * Port mapping, relaying, hole punching; numbers above 0.
   *
   * @param upnpEnabled whether to map ports by UPnP
   * @param natpmpEnabled whether to map ports by NAT-PMP
   * @param pcpEnabled whether to map ports by PCP
   * @param supernodeMinUptimeSec before a node may become a supernode
   * @param relayMaxBandwidthKbps for each relayed session
   * @param relayMaxSessions relayed for others at a time
   * @param relaySessionTtlSec without traffic
   * @param holePunchAttempts for each peer
   * @param portPredictionEnabled whether to guess the ports of symmetric NATs
   */
  public record Nat(
      boolean upnpEnabled,
      boolean natpmpEnabled,
      boolean pcpEnabled,
      long supernodeMinUptimeSec,
      long relayMaxBandwidthKbps,
      long relayMaxSessions,
      long relaySessionTtlSec,
      long holePunchAttempts,
      boolean portPredictionEnabled) {}

  /**
   * Limits and deadlines; all above 0.
   *
   * @param handshakeTimeoutSec for a dial with its handshake
   * @param maxMessageSizeBytes the largest payload on the wire
   * @param rateLimitBurst bytes that a relayed session may send at once
   * @param rateLimitSustained bytes a second that it may send
   */
  public record Security(
      long handshakeTimeoutSec,
      long maxMessageSizeBytes,
      long rateLimitBurst,
      long rateLimitSustained) {}

  /**
   * Queues between the network and the node.
   *
   * @param highThroughput upstream's preset: long queues, no padding of data, no gossip about own
   *     publishes
   * @param streamBufferSize packets; 0 or less stands for 256, or 65536 with the preset
   * @param udpBufferSize packets; likewise
   */
  public record Transport(boolean highThroughput, long streamBufferSize, long udpBufferSize) {}

  /**
   * Network statistics; zero values stand for upstream's defaults at the place of use.
   *
   * @param enabled whether they are exchanged
   * @param epochSec length of an epoch
   * @param dpEpsilon how much noise is added; negative for none
   * @param bandwidthCapBytes the largest contribution, unsigned
   * @param degreeCap the largest number of peers reported
   * @param kAnon contributors below which sums are withheld
   */
  public record Telemetry(
      boolean enabled,
      long epochSec,
      double dpEpsilon,
      long bandwidthCapBytes,
      long degreeCap,
      long kAnon) {}

  /**
   * Upstream's masked bearer, which we do not have: read so that its configurations are accepted.
   *
   * @param enabled whether upstream would use it
   * @param role {@code listener} or another
   * @param listenAddr where it listens
   * @param coverSni the name it pretends
   * @param targetAddr where it sends strangers
   * @param relays whom it dials
   */
  public record Veil(
      boolean enabled,
      String role,
      String listenAddr,
      String coverSni,
      String targetAddr,
      List<VeilRelay> relays) {
    /** Copies the list. */
    public Veil {
      relays = List.copyOf(relays);
    }
  }

  /**
   * A relay of the masked bearer.
   *
   * @param addr its address
   * @param coverSni the name it pretends
   * @param pubkey its key, hex
   */
  public record VeilRelay(String addr, String coverSni, String pubkey) {}

  /**
   * Our own settings.
   *
   * @param era which generation of the wire to speak
   * @param listenHost the address to bind, empty for all
   * @param publishWaitMs how long a publish waits for a congested peer before the peer is shed, 0
   *     or more
   * @param deliveryQueue messages that wait for the application per channel, above 0
   * @param eventLoopThreads network threads, 0 for a number that suits the machine
   * @param maxPendingHandshakes unfinished inbound handshakes, above 0
   * @param maxPendingHandshakesPerAddress the same for one remote address, above 0
   * @param dhtBootstrap nodes with which to begin in the DHT, {@code host:port}
   * @param dhtReadOnly whether to use the DHT without answering others there
   * @param stunServers who tells how the node is seen, {@code host:port}; empty for those that
   *     upstream asks, if the node is meant for the public network
   * @param natProbeMs between looks at what the node is behind, above 0; one second at least
   * @param directPeers peers that the operator vouches for
   * @param gossipSub the engine's parameters; its degrees, its rhythm and whether publishes are
   *     gossiped about are not looked at, since upstream's keys have them
   */
  public record Lichen(
      Era era,
      String listenHost,
      long publishWaitMs,
      long deliveryQueue,
      long eventLoopThreads,
      long maxPendingHandshakes,
      long maxPendingHandshakesPerAddress,
      List<String> dhtBootstrap,
      boolean dhtReadOnly,
      List<String> stunServers,
      long natProbeMs,
      List<DirectPeer> directPeers,
      GossipSubParams gossipSub) {
    /** Copies the lists. */
    public Lichen {
      dhtBootstrap = List.copyOf(dhtBootstrap);
      stunServers = List.copyOf(stunServers);
      directPeers = List.copyOf(directPeers);
    }
  }

  /**
   * A peer that the operator vouches for: it gets every message of the topics that it is on, its
   * score never falls below 0, and it finds a place beyond {@code max_peers}.
   *
   * @param id which one
   * @param address where to dial it, and redial it, as a static peer; null to wait for it
   */
  public record DirectPeer(PeerId id, @Nullable String address) {
    /**
     * Reads {@code id} or {@code id@host:port}.
     *
     * @throws IllegalArgumentException if the part before the {@code @} is no id
     */
    public static DirectPeer parse(String text) {
      int at = text.indexOf('@');
      PeerId id = PeerId.parse(at < 0 ? text : text.substring(0, at));
      return new DirectPeer(id, at < 0 ? null : text.substring(at + 1));
    }
  }

  /** The settings of an empty configuration. */
  public static MossConfig defaults() {
    return parse("");
  }

  /**
   * The settings of a node that meets only whom it is told of, or who comes to it: {@link
   * #defaults} without trackers, LAN discovery and DHT.
   */
  public static MossConfig quiet() {
    return parse("{\"trackers\":[],\"lan_discovery_enabled\":false,\"dht_enabled\":false}");
  }

  /**
   * Reads upstream's JSON as upstream does: any letter case, unknown keys ignored, null and empty
   * text for the defaults. Only under {@code lichen}, which upstream does not have, an unknown key
   * is refused.
   *
   * @throws MossException with {@link MossError#CONFIG_INVALID}, naming key and value
   */
  public static MossConfig parse(String json) {
    return parse(json.getBytes(StandardCharsets.UTF_8));
  }

  /** {@link #parse(String)} of bytes; what is not UTF-8 in a string is replaced. */
  public static MossConfig parse(byte[] json) {
    return MossConfigReader.lenient(json);
  }

  /** {@link #parse(String)}, but a key that we do not know is refused too. */
  public static MossConfig parseStrict(String json) {
    return MossConfigReader.strict(json.getBytes(StandardCharsets.UTF_8));
  }
}
