// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery;

import io.lichen.core.moss.discovery.dht.DhtSettings;
import io.lichen.core.moss.discovery.dht.MainlineDht;
import io.lichen.core.moss.discovery.dht.NodeId;
import io.lichen.core.moss.discovery.lan.LanBeacon;
import io.lichen.core.moss.discovery.lan.LanDiscovery;
import io.lichen.core.moss.discovery.lan.LocalNetworks;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for peers wherever the configuration says, and tells the node of what it finds; whether and
 * when that is dialled is the node's business. Without trackers, cache, beacons and DHT it does
 * nothing and has no thread.
 */
public final class Discovery implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

  /** What is to be closed, the first to go first. */
  private final Deque<Runnable> running = new ArrayDeque<>();

  private final DiscoverySettings settings;
  private final DiscoveryHost host;
  private final DiscoveryCounters counters;
  private final String name;

  private Discovery(DiscoverySettings settings, DiscoveryHost host, DiscoveryCounters counters) {
    this.settings = settings;
    this.host = host;
    this.counters = counters;
    this.name = "lichen-" + settings.peerId().substring(0, 8) + "-discovery";
  }

  /** Begins. What cannot be had is logged and left out. */
  public static Discovery start(
      DiscoverySettings settings, DiscoveryHost host, DiscoveryCounters counters) {
    Discovery discovery = new Discovery(settings, host, counters);
    if (!settings.cachePath().isEmpty()) {
      discovery.startCache();
    }
    if (!settings.trackers().isEmpty()) {
      TrackerDiscovery trackers = new TrackerDiscovery(discovery.name, settings, host, counters);
      discovery.running.push(trackers::close);
    }
    if (settings.lan()) {
      discovery.startLan();
    }
    if (settings.dht()) {
      discovery.startDht();
    }
    return discovery;
  }

  private void startCache() {
    try {
      startCache(Path.of(settings.cachePath()));
    } catch (InvalidPathException e) {
      LOG.warn("No peer cache: {}", e.getMessage());
    }
  }

  private void startCache(Path path) {
    CacheKeeper cache =
        new CacheKeeper(
            path,
            settings.cacheMax(),
            settings.cacheTtl(),
            () -> System.currentTimeMillis() / 1000);
    host.found(DiscoverySource.CACHE, cache.load());
    Repeat saves =
        Repeat.start(name, settings.announceInterval(), () -> cache.save(host.reachedPeers()));
    running.push(
        () -> {
          saves.close();
          cache.save(host.reachedPeers());
        });
  }

  private void startLan() {
    try {
      LanDiscovery lan =
          new LanDiscovery(
              () -> LocalNetworks.of(settings.bound(), settings.bindInterface()),
              Math.toIntExact(settings.lanPort()),
              LanBeacon.of(settings.networkId(), settings.peerId(), settings.port()),
              settings.lanInterval().toNanos(),
              endpoint -> host.found(DiscoverySource.LAN, List.of(endpoint)),
              counters,
              System::nanoTime);
      Thread.ofVirtual().name(name).start(lan::listen);
      Repeat calls = Repeat.start(name, settings.lanInterval(), lan::call);
      running.push(lan::close);
      running.push(calls::close);
    } catch (IOException | IllegalArgumentException | ArithmeticException e) {
      LOG.warn("No LAN discovery on UDP port {}: {}", settings.lanPort(), e.toString());
    }
  }

  /** With nobody to ask, and at a port that nobody can know, nobody would ever hear of it. */
  private void startDht() {
    if (settings.dhtBootstrap().isEmpty() && settings.dhtPort() == 0) {
      return;
    }
    try {
      MainlineDht dht =
          new MainlineDht(
              name,
              DhtAddress.of(settings),
              settings.dhtBootstrap(),
              new DhtSettings(
                  NodeId.of(settings.infoHash()),
                  settings.port(),
                  settings.announceInterval().toNanos(),
                  settings.dhtReadOnly()),
              peers -> host.found(DiscoverySource.DHT, peers),
              counters.dht);
      running.push(dht::close);
    } catch (IOException | IllegalArgumentException | ArithmeticException e) {
      LOG.warn("No DHT on UDP port {}: {}", settings.dhtPort(), e.toString());
    }
  }

  /**
   * Says goodbye to the trackers, saves the cache, and ends; takes some seconds at most, and none
   * without trackers. To be called from one thread at a time; again, it does nothing.
   */
  @Override
  public void close() {
    while (!running.isEmpty()) {
      running.pop().run();
    }
  }
}
