// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery;

import io.lichen.core.moss.MossConfig;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
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

  /** Copies the list. */
  public DiscoverySettings {
    trackers = List.copyOf(trackers);
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
        bound.isLoopbackAddress() ? local(config.trackers()) : config.trackers(),
        Duration.ofSeconds(Math.min(config.announceIntervalSec(), DAY_SEC)),
        Duration.ofSeconds(Math.min(config.bootstrapTimeoutSec(), MAX_TIMEOUT_SEC)),
        config.lanDiscoveryEnabled(),
        config.lanDiscoveryPort(),
        Duration.ofMillis(Math.clamp(config.lanDiscoveryMs(), MIN_LAN_MS, MAX_LAN_MS)),
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
  private static List<String> local(List<String> urls) {
    return urls.stream().filter(DiscoverySettings::isLocal).toList();
  }

  private static boolean isLocal(String url) {
    try {
      String host = URI.create(url).getHost();
      return host != null && (LOCAL_HOSTS.contains(host) || IPV4_LOOPBACK.matcher(host).matches());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
