// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery;

import io.lichen.core.moss.discovery.tracker.TrackerAnnouncer;
import io.lichen.core.moss.discovery.tracker.TrackerAnnouncer.Round;
import io.lichen.core.moss.discovery.tracker.TrackerClient;
import io.lichen.core.moss.discovery.tracker.TrackerPeerId;
import io.lichen.core.moss.discovery.tracker.TrackerSchedule;
import io.lichen.core.moss.discovery.tracker.Trackers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Announces this node to its trackers for as long as it runs, and tells them when it goes. */
final class TrackerDiscovery implements AutoCloseable {
  /** How often the schedule is looked at. */
  private static final Duration TICK = Duration.ofMillis(250);

  /** How long the trackers may take to hear that this node goes. */
  private static final Duration GOODBYE = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger(TrackerDiscovery.class);

  private final DiscoveryHost host;
  private final DiscoveryCounters counters;
  private final ExecutorService workers;
  private final TrackerClient client;
  private final TrackerAnnouncer announcer;
  private final Repeat rounds;

  TrackerDiscovery(
      String name, DiscoverySettings settings, DiscoveryHost host, DiscoveryCounters counters) {
    this.host = host;
    this.counters = counters;
    this.workers = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name).factory());
    this.client = new Trackers(workers);
    this.announcer =
        new TrackerAnnouncer(
            client,
            new TrackerSchedule(settings.trackers(), settings.announceInterval().toNanos()),
            workers,
            settings.infoHash(),
            TrackerPeerId.of(randomOctets()),
            settings.port(),
            settings.announceTimeout(),
            System::nanoTime);
    this.rounds = Repeat.start(name, TICK, this::round);
  }

  private static byte[] randomOctets() {
    byte[] random = new byte[TrackerPeerId.RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    return random;
  }

  private void round() throws InterruptedException {
    boolean lonely = host.connectedPeers() == 0;
    Round round = announcer.round(lonely, peers -> host.found(DiscoverySource.TRACKER, peers));
    counters.trackerAnswers.add(round.answered());
    counters.trackerFailures.add(round.asked() - round.answered());
    boolean failed = round.asked() > 0 && round.answered() == 0;
    if (failed || !round.peers().isEmpty()) {
      host.announced(round.peers().size(), failed ? round.error() : null);
    }
  }

  @Override
  public void close() {
    rounds.close();
    try {
      announcer.stopped(GOODBYE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.debug("Gone without a word to the trackers");
    }
    client.close();
    workers.shutdownNow();
  }
}
