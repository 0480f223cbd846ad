// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.bus.EventBusException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class CallGateTest {
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofSeconds(20);

  private final CallGate gate = new CallGate();

  @Test
  void shouldOpenAgainWhenCallsDoNotEnd() {
    CallGate.Pass pass = gate.enter();

    EventBusException e = assertThrows(EventBusException.class, () -> gate.beginClose(SHORT, LONG));

    assertEquals(-99, e.error().code());
    assertTrue(gate.isOpen());
    gate.enter().close();
    pass.close();
    assertTrue(gate.beginClose(SHORT, LONG));
  }

  @Test
  void shouldLetNobodyInWhileItWaitsForThoseInside() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(1)) {
      CallGate.Pass pass = gate.enter();
      final Future<Boolean> closer = threads.submit(() -> gate.beginClose(LONG, LONG));
      while (gate.isOpen()) {
        Thread.onSpinWait();
      }

      assertEquals(-8, assertThrows(EventBusException.class, gate::enter).error().code());
      pass.close();
      assertTrue(closer.get());
    }
  }

  @Test
  void shouldLetTheSecondCloserWaitForTheFirst() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(1)) {
      assertTrue(gate.beginClose(LONG, LONG));
      final Future<Boolean> second = threads.submit(() -> gate.beginClose(LONG, LONG));

      gate.finish();

      assertFalse(second.get());
      assertFalse(gate.beginClose(SHORT, SHORT), "and whoever comes later has nothing to do");
    }
  }

  @Test
  void shouldTellTheSecondCloserThatTheFirstTakesTooLong() {
    assertTrue(gate.beginClose(LONG, LONG));

    EventBusException e = assertThrows(EventBusException.class, () -> gate.beginClose(LONG, SHORT));

    assertEquals(-8, e.error().code());
  }
}
