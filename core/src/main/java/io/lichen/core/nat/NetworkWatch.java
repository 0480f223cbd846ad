// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat;

import io.lichen.core.nat.local.LocalNetwork;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that this machine has other addresses, other default routes, or has slept. It looks every
 * few seconds, which costs less than a millisecond; nothing but asking tells a Java program.
 * Thread-safe; one virtual thread.
 */
public final class NetworkWatch implements AutoCloseable {
  /** Between two looks. */
  public static final Duration INTERVAL = Duration.ofSeconds(5);

  /** A machine that was away for longer has slept. */
  private static final Duration GAP = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(NetworkWatch.class);

  private final LocalNetwork.Source network;
  private final Duration interval;
  private final List<Consumer<NetworkChange>> listeners = new CopyOnWriteArrayList<>();
  private final Thread thread;

  private NetworkWatch(LocalNetwork.Source network, Duration interval) {
    this.network = network;
    this.interval = interval;
    this.thread = Thread.ofVirtual().name("lichen-network-watch").unstarted(this::run);
  }

  /**
   * Begins.
   *
   * @param interval between two looks
   */
  public static NetworkWatch start(LocalNetwork.Source network, Duration interval) {
    NetworkWatch watch = new NetworkWatch(network, interval);
    watch.thread.start();
    return watch;
  }

  /** Adds who is told of changes, on the watch's thread; must not wait. */
  public void onChange(Consumer<NetworkChange> listener) {
    listeners.add(listener);
  }

  private void run() {
    ChangeDetector detector =
        new ChangeDetector(
            interval.toNanos(),
            GAP.toNanos(),
            network.read(),
            System.currentTimeMillis(),
            System.nanoTime());
    try {
      while (true) {
        Thread.sleep(interval);
        detector
            .look(network.read(), System.currentTimeMillis(), System.nanoTime())
            .ifPresent(this::tell);
      }
    } catch (InterruptedException e) {
      LOG.debug("The watch of the network ends");
    }
  }

  private void tell(NetworkChange change) {
    LOG.info("The network has changed: {}", change.kinds());
    for (Consumer<NetworkChange> listener : listeners) {
      try {
        listener.accept(change);
      } catch (RuntimeException e) {
        LOG.error("A fault in who was told of a change of the network", e);
      }
    }
  }

  /** Ends it; idempotent. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
