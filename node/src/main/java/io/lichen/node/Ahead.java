// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import io.lichen.core.moss.MossNode;
import io.lichen.transport.moss.MossTransport;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads what a node needs while its command line is being read: each takes a tenth of a second, and
 * most machines have two processors.
 */
final class Ahead {
  private static final Set<String> NODES = Set.of("node", "net", "demo");

  private final CountDownLatch logging = new CountDownLatch(1);

  private Ahead() {}

  /** Begins, if the command is one that runs a node. */
  static Ahead begin(String... args) {
    Ahead ahead = new Ahead();
    if (args.length > 0 && NODES.contains(args[0])) {
      Thread.ofPlatform().daemon().name("lichen-ahead").start(ahead::load);
    } else {
      ahead.logging.countDown();
    }
    return ahead;
  }

  /** Waits until loggers can be used: SLF4J gives none while another thread sets it up. */
  void awaitLogging() {
    try {
      logging.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void load() {
    Logger log;
    try {
      log = LoggerFactory.getLogger(Ahead.class);
    } finally {
      logging.countDown();
    }
    try (MossNode node = MossNode.builder("ahead").build()) {
      log.trace("{} was made, of which nothing is started", node.id());
      MossTransport.load();
    } catch (RuntimeException | LinkageError e) {
      // The node itself will say it better.
      log.debug("Nothing was loaded ahead", e);
    }
  }
}
