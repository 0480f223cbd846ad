// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An interrupt closes the file channel that it meets: none may meet a log's. */
@Timeout(60)
class InterruptTest {
  private static final int APPENDS = 100;
  private static final int LARGE = 100_000;

  @Test
  void shouldAppendGrowAndForceOnAThreadThatIsInterrupted(@TempDir Path directory) {
    try (Redex redex = Redex.open(directory)) {
      RedexFile log =
          redex.open("a", RedexConfig.onDisk().withDurability(new Durability.BatchSync()));
      CompletableFuture<Void> other =
          CompletableFuture.runAsync(() -> append(log), Thread::startVirtualThread);
      Thread.currentThread().interrupt();
      append(log);
      assertTrue(Thread.interrupted(), "it is still interrupted");
      other.join();
      assertEquals(2 * APPENDS, log.size());
      assertEquals(2 * APPENDS, log.durableSeq());
    }
  }

  private static void append(RedexFile log) {
    for (int i = 0; i < APPENDS; i++) {
      log.append(new byte[LARGE]);
    }
  }
}
