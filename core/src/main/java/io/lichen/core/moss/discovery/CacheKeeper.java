// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery;

import io.lichen.core.moss.discovery.cache.PeerCache;
import io.lichen.core.moss.discovery.cache.PeerCacheFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers across restarts where peers were reached. One thread at a time. */
final class CacheKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(CacheKeeper.class);

  private final PeerCacheFile file;
  private final PeerCache cache;
  private final long ttlSec;
  private final LongSupplier unixSec;

  CacheKeeper(Path path, int max, Duration ttl, LongSupplier unixSec) {
    this.file = new PeerCacheFile(path);
    this.cache = new PeerCache(max);
    this.ttlSec = ttl.toSeconds();
    this.unixSec = unixSec;
  }

  /** The addresses of earlier runs that are not too old. */
  List<Endpoint> load() {
    long now = unixSec.getAsLong();
    try {
      // A time to come would never grow old.
      file.load().forEach(e -> cache.seen(e.address(), Math.min(e.lastSeenUnix(), now)));
    } catch (IOException e) {
      LOG.warn("Starting without a peer cache: {}", e.getMessage());
    }
    return cache.fresh(ttlSec, now);
  }

  /** Writes down who is connected now, and who was and is not too long ago. */
  void save(List<Endpoint> connected) {
    long now = unixSec.getAsLong();
    connected.forEach(address -> cache.seen(address, now));
    List<PeerCache.Entry> kept =
        cache.newestFirst().stream().filter(e -> now - e.lastSeenUnix() <= ttlSec).toList();
    try {
      file.save(kept);
    } catch (IOException e) {
      LOG.warn("The peer cache could not be saved: {}", e.toString());
    }
  }
}
