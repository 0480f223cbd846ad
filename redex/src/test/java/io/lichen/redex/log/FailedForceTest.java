// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lichen.redex.Durability;
import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.disk.SimDisk;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What becomes of a log whose disk fails. */
class FailedForceTest {
  private final SimDisk disk = new SimDisk();

  private LogFile open(Durability durability) {
    RedexConfig config = RedexConfig.onDisk().withDurability(durability);
    return LogFile.onDisk("a", config, disk, Path.of("/base/a"), () -> 1);
  }

  private static RedexError errorOf(Runnable call) {
    return assertThrows(RedexException.class, call::run).error();
  }

  @Test
  void shouldNotShowAnAppendThatFailed() {
    LogFile log = open(new Durability.BatchSync());
    log.append(new byte[] {1});
    disk.failForces(true);
    assertEquals(RedexError.IO, errorOf(() -> log.append(new byte[] {2})));
    assertEquals(1, log.size());
    assertEquals(RedexError.POISONED, errorOf(() -> log.append(new byte[] {3})));
    disk.failForces(false);
    assertEquals(RedexError.POISONED, errorOf(() -> log.append(new byte[] {4})));
    assertEquals(RedexError.POISONED, errorOf(log::sync));
    assertEquals(1, log.read(0).orElseThrow().payload()[0]);
    assertEquals(RedexError.POISONED, errorOf(log::close));
  }

  @Test
  void shouldFailFuturesThatWait() {
    LogFile log = open(new Durability.BatchSync());
    disk.failForces(true);
    CompletionException failed =
        assertThrows(CompletionException.class, () -> log.appendAsync(new byte[] {1}).join());
    assertEquals(RedexError.IO, assertInstanceOf(RedexException.class, failed.getCause()).error());
    assertEquals(0, log.size());
    log.stop();
  }

  @Test
  void shouldRefuseAppendsAfterASyncThatFailed() {
    LogFile log = open(new Durability.Never());
    log.append(new byte[] {1});
    disk.failForces(true);
    assertEquals(RedexError.IO, errorOf(log::sync));
    assertEquals(RedexError.POISONED, errorOf(() -> log.append(new byte[] {2})));
    assertEquals(1, log.size());
    disk.failForces(false);
    log.stop();
    LogFile again = open(new Durability.Never());
    assertEquals(1, again.append(new byte[] {2}));
    again.close();
  }
}
