// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net;

import io.lichen.core.net.config.NetConfigReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a node behaves. Immutable; {@link #defaults} are upstream's (docs/wire/net-peers.md,
 * "Timers").
 *
 * @param bindAddress where to listen; port 0 for any that is free
 * @param psk the mesh's 32-byte pre-shared key, or null as long as the builder is to be told it
 * @param identitySeed the 32-byte seed of the node's identity, or null for what the builder says;
 *     copied
 * @param timers what happens when
 * @param limits how much at most
 * @param requireSignedCapabilities whether unsigned announcements are dropped
 * @param directUpgrade whether sessions that go over a relay look for a path without it, and others
 *     follow a peer whose address changes
 * @param nat what this node does about what it is behind
 */
public record NetConfig(
    InetSocketAddress bindAddress,
    byte @Nullable [] psk,
    byte @Nullable [] identitySeed,
    Timers timers,
    Limits limits,
    boolean requireSignedCapabilities,
    boolean directUpgrade,
    Nat nat) {

  /**
   * What happens when.
   *
   * @param heartbeat between two heartbeats to a peer, and two pingwaves
   * @param sessionTimeout a peer not heard of for two of these is suspected, for three has failed,
   *     for thirty is forgotten
   * @param handshakeTimeout how long one attempt to connect or accept waits
   * @param handshakeAttempts attempts of one connect or accept, 1 or more
   * @param membershipTimeout how long a subscribe waits for its answer
   * @param streamIdle how long an unused stream is remembered
   */
  public record Timers(
      Duration heartbeat,
      Duration sessionTimeout,
      Duration handshakeTimeout,
      int handshakeAttempts,
      Duration membershipTimeout,
      Duration streamIdle) {
    /**
     * Checks ranges.
     *
     * @throws NetException {@link NetError#INVALID_JSON}
     */
    public Timers {
      requirePositive("heartbeat_ms", heartbeat.toMillis());
      requirePositive("session_timeout_ms", sessionTimeout.toMillis());
      requirePositive("handshake_timeout_ms", handshakeTimeout.toMillis());
      requirePositive("handshake_attempts", handshakeAttempts);
      requirePositive("membership_timeout_ms", membershipTimeout.toMillis());
      requirePositive("stream_idle_ms", streamIdle.toMillis());
    }
  }

  /**
   * How much at most.
   *
   * @param peers sessions at once; of the long idle ones the longest idle gives way
   * @param streamsPerPeer streams of a session; the least recently active gives way
   * @param channelsPerPeer channels of this node to which one peer may subscribe
   * @param socketBufferBytes what is asked of the operating system for each direction
   */
  public record Limits(int peers, int streamsPerPeer, int channelsPerPeer, int socketBufferBytes) {
    /**
     * Checks ranges.
     *
     * @throws NetException {@link NetError#INVALID_JSON}
     */
    public Limits {
      requirePositive("max_peers", peers);
      requirePositive("max_streams_per_peer", streamsPerPeer);
      requirePositive("max_channels_per_peer", channelsPerPeer);
      requirePositive("socket_buffer_bytes", socketBufferBytes);
    }
  }

  /**
   * What a node does about what it is behind.
   *
   * @param reflexOverride where it is seen from outside, if somebody knows; resolved
   * @param classify whether it asks its peers by itself what it is behind, again and again
   * @param portMapping whether it asks routers to open its port
   * @param portPrediction whether the ports of NATs that give them out in order are predicted
   */
  public record Nat(
      @Nullable InetSocketAddress reflexOverride,
      boolean classify,
      boolean portMapping,
      boolean portPrediction) {
    /** Nothing by itself, as upstream; ports are predicted where others want to meet. */
    public static final Nat NOTHING = new Nat(null, false, false);

    /** Ports are predicted. */
    public Nat(@Nullable InetSocketAddress reflexOverride, boolean classify, boolean portMapping) {
      this(reflexOverride, classify, portMapping, true);
    }
  }

  private static final int KEY_BYTES = 32;

  /**
   * Checks and copies.
   *
   * @throws NetException {@link NetError#MESH_INIT} if a key is not 32 bytes long or the address is
   *     not resolved
   */
  public NetConfig(
      InetSocketAddress bindAddress,
      byte @Nullable [] psk,
      byte @Nullable [] identitySeed,
      Timers timers,
      Limits limits,
      boolean requireSignedCapabilities,
      boolean directUpgrade,
      Nat nat) {
    if (bindAddress.isUnresolved()) {
      throw new NetException(NetError.MESH_INIT, "bind_addr " + bindAddress + " is not resolved");
    }
    this.bindAddress = bindAddress;
    this.psk = key("psk_hex", psk);
    this.identitySeed = key("identity_seed_hex", identitySeed);
    this.timers = timers;
    this.limits = limits;
    this.requireSignedCapabilities = requireSignedCapabilities;
    this.directUpgrade = directUpgrade;
    this.nat = nat;
  }

  /** Upstream's defaults, bound to a free port of the loopback address, without keys. */
  public static NetConfig defaults() {
    return new NetConfig(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        null,
        null,
        new Timers(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            3,
            Duration.ofSeconds(5),
            Duration.ofSeconds(300)),
        new Limits(4096, 4096, 1024, 4 << 20),
        true,
        true,
        Nat.NOTHING);
  }

  /**
   * Reads upstream's JSON; our own keys stand under {@code "lichen"} (docs/config.md).
   *
   * @throws NetException {@link NetError#INVALID_JSON} for text that is no JSON, keys that nobody
   *     knows or that stand for what is not built, values out of range; {@link NetError#MESH_INIT}
   *     for addresses and keys that are none
   */
  public static NetConfig parse(String json) {
    return NetConfigReader.read(json);
  }

  /** A copy of the key, or null. */
  @Override
  public byte @Nullable [] psk() {
    return psk == null ? null : psk.clone();
  }

  /** A copy of the seed, or null. */
  @Override
  public byte @Nullable [] identitySeed() {
    return identitySeed == null ? null : identitySeed.clone();
  }

  /** The same, bound elsewhere. */
  public NetConfig withBindAddress(InetSocketAddress value) {
    return new NetConfig(
        value, psk, identitySeed, timers, limits, requireSignedCapabilities, directUpgrade, nat);
  }

  /** The same with another pre-shared key. */
  public NetConfig withPsk(byte[] value) {
    return new NetConfig(
        bindAddress,
        value,
        identitySeed,
        timers,
        limits,
        requireSignedCapabilities,
        directUpgrade,
        nat);
  }

  /** The same with the identity of this 32-byte seed. */
  public NetConfig withIdentitySeed(byte[] value) {
    return new NetConfig(
        bindAddress, psk, value, timers, limits, requireSignedCapabilities, directUpgrade, nat);
  }

  /** The same with other timers. */
  public NetConfig withTimers(Timers value) {
    return new NetConfig(
        bindAddress,
        psk,
        identitySeed,
        value,
        limits,
        requireSignedCapabilities,
        directUpgrade,
        nat);
  }

  /** The same with other limits. */
  public NetConfig withLimits(Limits value) {
    return new NetConfig(
        bindAddress,
        psk,
        identitySeed,
        timers,
        value,
        requireSignedCapabilities,
        directUpgrade,
        nat);
  }

  /** The same with another say in unsigned announcements. */
  public NetConfig withRequireSignedCapabilities(boolean value) {
    return new NetConfig(bindAddress, psk, identitySeed, timers, limits, value, directUpgrade, nat);
  }

  /** The same with another say in paths without a relay. */
  public NetConfig withDirectUpgrade(boolean value) {
    return new NetConfig(
        bindAddress, psk, identitySeed, timers, limits, requireSignedCapabilities, value, nat);
  }

  /** The same with another say in what it is behind. */
  public NetConfig withNat(Nat value) {
    return new NetConfig(
        bindAddress,
        psk,
        identitySeed,
        timers,
        limits,
        requireSignedCapabilities,
        directUpgrade,
        value);
  }

  /** Leaves the keys out. */
  @Override
  public String toString() {
    return "NetConfig[" + bindAddress + ", " + timers + ", " + limits + "]";
  }

  private static byte @Nullable [] key(String name, byte @Nullable [] key) {
    if (key != null && key.length != KEY_BYTES) {
      throw new NetException(
          NetError.MESH_INIT, name + " has " + key.length + " bytes, must have " + KEY_BYTES);
    }
    return key == null ? null : key.clone();
  }

  private static void requirePositive(String name, long number) {
    if (number <= 0) {
      throw new NetException(NetError.INVALID_JSON, name + " is " + number + ", must be 1 or more");
    }
  }
}
