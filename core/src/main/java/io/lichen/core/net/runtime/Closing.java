// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.transport.net.NetTransport;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a node. Of several who close it one does the work, and the others return when it is
 * done; a callback that closes its node waits for no callback.
 */
final class Closing {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  /** How long a close waits for a callback that does not return. */
  private static final Duration CALLBACK_LIMIT = Duration.ofSeconds(10);

  private final NetParts parts;
  private final NetTransport transport;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final CountDownLatch done = new CountDownLatch(1);

  Closing(NetParts parts, NetTransport transport) {
    this.parts = parts;
    this.transport = transport;
  }

  /**
   * Does nothing as long as the node is open.
   *
   * @throws io.lichen.core.net.NetException {@code SHUTTING_DOWN} afterwards
   */
  void requireOpen() {
    if (begun.get()) {
      throw NodeErrors.closed();
    }
  }

  /** Whether the node is closed, or about to be. */
  boolean hasBegun() {
    return begun.get();
  }

  /** Closes the node, or waits until another thread has. */
  void close() {
    boolean interrupted = Thread.interrupted();
    try {
      if (begun.compareAndSet(false, true)) {
        shutDown();
      } else if (!parts.scope.isInside()) {
        done.await();
      }
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void shutDown() throws InterruptedException {
    try {
      parts.logs.leave();
      parts.port.close();
      transport.close();
      parts.close();
      if (!parts.scope.isInside()
          && !parts.executor.awaitTermination(CALLBACK_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("Closed, but a callback has not returned for {}", CALLBACK_LIMIT);
      }
    } finally {
      done.countDown();
    }
  }
}
