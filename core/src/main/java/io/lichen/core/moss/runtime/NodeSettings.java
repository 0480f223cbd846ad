// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.core.moss.MossConfig;
import io.lichen.core.moss.discovery.DiscoverySettings;
import io.lichen.core.moss.room.Room;
import io.lichen.core.moss.wire.InfoHash;
import io.lichen.crypto.PeerId;
import io.lichen.crypto.identity.Identity;
import io.lichen.gossipsub.GossipSubParams;
import io.lichen.transport.moss.Era;
import io.lichen.transport.moss.MossTransportConfig;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a node is to be: the configuration with what the builder adds, and what follows from both
 * for the parts.
 *
 * @param meshId the mesh (era A) or room (era C)
 * @param psk the pre-shared key; {@code null} for an open one
 * @param config the configuration
 * @param era which wire
 * @param listenHost where to listen, empty for all addresses
 * @param listenPort the port, 0 for any
 * @param staticPeers addresses to be connected to
 * @param directPeers peers that the operator vouches for
 * @param gossipSub the engine's parameters
 * @param identity the keys
 */
public record NodeSettings(
    String meshId,
    byte @Nullable [] psk,
    MossConfig config,
    Era era,
    String listenHost,
    long listenPort,
    List<String> staticPeers,
    Set<PeerId> directPeers,
    GossipSubParams gossipSub,
    Identity identity) {
  /** Queued bytes of a session from which publishes wait for it. */
  static final int HIGH_WATER_BYTES = 1 << 20;

  /** Queued bytes of a session beyond which nothing more is taken. */
  static final int MAX_QUEUED_BYTES = 16 << 20;

  private static final long MAX_MESSAGE_BYTES = 64L << 20;
  private static final long MAX_HANDSHAKE_SECONDS = 3600;

  /** The room of the node: the one that changes nothing in era A. */
  Room room(SecureRandom random) {
    return era == Era.A ? Room.clear() : Room.of(meshId, psk, random);
  }

  /** The largest payload on the wire. */
  int maxMessageBytes() {
    return (int) Math.min(config.security().maxMessageSizeBytes(), MAX_MESSAGE_BYTES);
  }

  /** Whether this node takes part in the network statistics; era A has none. */
  boolean telemetryEnabled() {
    return era == Era.C && config.telemetry().enabled();
  }

  /** The deadline of a dial. */
  Duration handshakeTimeout() {
    return Duration.ofSeconds(
        Math.min(config.security().handshakeTimeoutSec(), MAX_HANDSHAKE_SECONDS));
  }

  /** For how long a publish waits for a congested peer. */
  long publishWaitNs() {
    return Duration.ofMillis(Math.min(config.lichen().publishWaitMs(), Integer.MAX_VALUE))
        .toNanos();
  }

  /** The most peers. */
  int maxPeers() {
    return clamped(config.maxPeers());
  }

  /** The engine's parameters by a configuration: upstream's keys say a part of them. */
  public static GossipSubParams gossipSub(MossConfig config) {
    MossConfig.GossipSub degrees = config.gossipSub();
    GossipSubParams own = config.lichen().gossipSub();
    return own.withMesh(
            own.mesh()
                .withDegrees(
                    clamped(degrees.d()),
                    clamped(degrees.dLo()),
                    clamped(degrees.dHigh()),
                    clamped(degrees.dOut()),
                    clamped(degrees.dLazy()),
                    clamped(degrees.heartbeatMs())))
        .withGossip(own.gossip().withSendIHaveOnPublish(!config.transport().highThroughput()));
  }

  /**
   * The socket layer's settings.
   *
   * @throws IllegalArgumentException if the port is none
   */
  MossTransportConfig transport() {
    MossConfig.Lichen own = config.lichen();
    return new MossTransportConfig(
        era,
        era == Era.A ? meshId : config.networkId(),
        era == Era.A ? psk : null,
        bindAddress(),
        config.bindInterface(),
        handshakeTimeout(),
        maxMessageBytes(),
        config.obfsPadMax() <= 0 ? 256 : (int) Math.min(config.obfsPadMax(), 65_535),
        !config.transport().highThroughput(),
        clamped(own.maxPendingHandshakes()),
        clamped(own.maxPendingHandshakesPerAddress()),
        HIGH_WATER_BYTES,
        MAX_QUEUED_BYTES,
        eventLoopThreads(own.eventLoopThreads()));
  }

  /**
   * Where the node looks for peers.
   *
   * @param bound the address at which it listens
   */
  DiscoverySettings discovery(InetSocketAddress bound) {
    String session = era == Era.A ? meshId : config.networkId();
    return DiscoverySettings.of(
        config,
        InfoHash.of(session, era == Era.A ? psk : null),
        session,
        identity.peerId().hex(),
        bound.getPort(),
        bound.getAddress());
  }

  private InetSocketAddress bindAddress() {
    if (listenPort < 0 || listenPort > 65_535) {
      throw new IllegalArgumentException("listen_port " + listenPort + " is not from 0 to 65535");
    }
    String host = listenHost.isEmpty() ? "0.0.0.0" : listenHost;
    return new InetSocketAddress(host, (int) listenPort);
  }

  /** One loop serves a hundred thousand messages a second; more only help with many cores. */
  private static int eventLoopThreads(long configured) {
    int suitable = Math.clamp(Runtime.getRuntime().availableProcessors() / 4, 1, 4);
    return configured > 0 ? (int) Math.min(configured, 64) : suitable;
  }

  private static int clamped(long value) {
    return (int) Math.min(value, Integer.MAX_VALUE);
  }
}
