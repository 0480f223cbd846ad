// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery;

import io.lichen.core.moss.MossConfig;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Where to look for peers, in numbers that are safe to use.
 *
 * @param infoHash the name of the mesh for trackers
 * @param networkId its name in beacons: the network in era C, the mesh in era A
 * @param peerId this node's id in hex
 * @param port where this node listens, 1 to 65535
 * @param bound the address at which it listens
 * @param bindInterface name or number of the only interface to be used for beacons, empty for all
 * @param trackers URLs; of a node on the loopback, only those on the loopback
 * @param announceInterval between two announces, and between two saves of the cache
 * @param announceTimeout of an announce
 * @param lan whether to use beacons
 * @param lanPort their UDP port
 * @param lanInterval between two beacons
 * @param dht whether to use the DHT
 * @param dhtPort its UDP port, 0 for any
 * @param dhtBootstrap its nodes to begin with, {@code host:port}; of a node on the loopback, only
 *     those on the loopback
 * @param dhtReadOnly whether to leave its nodes' questions unanswered
 * @param cachePath the file of the cache, empty for none
 * @param cacheMax addresses in it
 * @param cacheTtl how old they may be
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record DiscoverySettings(
    byte[] infoHash,
    String networkId,
    String peerId,
    int port,
    InetAddress bound,
    String bindInterface,
    List<String> trackers,
    Duration announceInterval,
    Duration announceTimeout,
    boolean lan,
    long lanPort,
    Duration lanInterval,
    boolean dht,
    long dhtPort,
    List<String> dhtBootstrap,
    boolean dhtReadOnly,
    String cachePath,
    int cacheMax,
    Duration cacheTtl) {
  private static final Set<String> LOCAL_HOSTS = Set.of("localhost", "[::1]");
  private static final Pattern IPV4_LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}");
  private static final long DAY_SEC = 86_400;
  private static final int MAX_TIMEOUT_SEC = 60;
  private static final int MIN_LAN_MS = 100;
  private static final int MAX_LAN_MS = 3_600_000;
  private static final int DEFAULT_CACHE_MAX = 256;
  private static final int MAX_CACHE_MAX = 4096;
  private static final long DEFAULT_TTL_SEC = 7 * DAY_SEC;
  private static final long MAX_TTL_SEC = 3650 * DAY_SEC;

  /** Copies the lists. */
  public DiscoverySettings {
    trackers = List.copyOf(trackers);
    dhtBootstrap = List.copyOf(dhtBootstrap);
  }

  /** Takes the numbers out of a configuration, within bounds (docs/config.md). */
  public static DiscoverySettings of(
      MossConfig config,
      byte[] infoHash,
      String networkId,
      String peerId,
      int port,
      InetAddress bound) {
    return new DiscoverySettings(
        infoHash,
        networkId,
        peerId,
        port,
        bound,
        config.bindInterface(),
        heard(config.trackers(), DiscoverySettings::hostOfUrl, bound),
        Duration.ofSeconds(Math.min(config.announceIntervalSec(), DAY_SEC)),
        Duration.ofSeconds(Math.min(config.bootstrapTimeoutSec(), MAX_TIMEOUT_SEC)),
        config.lanDiscoveryEnabled(),
        config.lanDiscoveryPort(),
        Duration.ofMillis(Math.clamp(config.lanDiscoveryMs(), MIN_LAN_MS, MAX_LAN_MS)),
        config.dhtEnabled(),
        config.dhtPort(),
        heard(config.lichen().dhtBootstrap(), DiscoverySettings::hostOf, bound),
        config.lichen().dhtReadOnly(),
        config.peerCachePath(),
        config.peerCacheMax() <= 0
            ? DEFAULT_CACHE_MAX
            : (int) Math.min(config.peerCacheMax(), MAX_CACHE_MAX),
        Duration.ofSeconds(
            config.peerCacheTtlSec() <= 0
                ? DEFAULT_TTL_SEC
                : Math.min(config.peerCacheTtlSec(), MAX_TTL_SEC)));
  }

  /** Nobody elsewhere can reach a node that listens on the loopback: nobody there is told of it. */
  private static List<String> heard(
      List<String> services, UnaryOperator<String> host, InetAddress bound) {
    return bound.isLoopbackAddress()
        ? services.stream().filter(service -> isLocal(host.apply(service))).toList()
        : services;
  }

  private static boolean isLocal(String host) {
    return LOCAL_HOSTS.contains(host) || IPV4_LOOPBACK.matcher(host).matches();
  }

  /** Empty if there is none. */
  private static String hostOfUrl(String url) {
    try {
      return Objects.requireNonNullElse(URI.create(url).getHost(), "");
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String hostOf(String hostAndPort) {
    return hostAndPort.substring(0, Math.max(0, hostAndPort.lastIndexOf(':')));
  }
}
