// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.runtime.TestNodes;
import io.lichen.core.work.FaultGuard;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class NodeLoopTest {
  private final NodeCounters counters = new NodeCounters();
  private final LoopSignal signal = new LoopSignal();
  private final NodeLoop loop =
      new NodeLoop("test-loop", signal, System::nanoTime, new FaultGuard(counters.loopFaults));

  @AfterEach
  void stop() throws InterruptedException {
    loop.stop();
    loop.join();
  }

  @Test
  void shouldRunTasksInOrderOnOneThread() {
    List<String> ran = new ArrayList<>();
    loop.execute(() -> ran.add("first"));
    loop.start();
    for (int i = 0; i < 1000; i++) {
      String text = "task " + i;
      loop.execute(() -> ran.add(text));
    }
    assertEquals("test-loop", loop.call(() -> Thread.currentThread().getName()));
    assertEquals(1001, ran.size());
    assertEquals("first", ran.getFirst());
    assertEquals("task 999", ran.getLast());
  }

  @Test
  void shouldDoWhatIsDueAtTheTimeThatItSays() {
    AtomicLong dueNs = new AtomicLong(Long.MAX_VALUE);
    AtomicLong lateNs = new AtomicLong(-1);
    loop.deadline(
        dueNs::get,
        nowNs -> {
          lateNs.set(nowNs - dueNs.get());
          dueNs.set(Long.MAX_VALUE);
        });
    loop.start();
    loop.execute(() -> dueNs.set(System.nanoTime() + 1_000_000));
    TestNodes.await("it is done", () -> lateNs.get() >= 0);
    assertEquals(Long.MAX_VALUE, dueNs.get());
  }

  @Test
  void shouldOutliveFaultsAndReportThem() {
    loop.stage(
        new NodeLoop.Stage() {
          private boolean done;

          @Override
          public boolean run(long nowNs) {
            if (!done) {
              done = true;
              throw new IllegalStateException("on purpose");
            }
            return false;
          }

          @Override
          public boolean hasWork() {
            return false;
          }
        });
    loop.start();
    loop.execute(
        () -> {
          throw new IllegalStateException("on purpose");
        });
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                loop.call(
                    () -> {
                      throw new IllegalStateException("for the caller");
                    }));
    assertEquals("for the caller", thrown.getMessage());
    TestNodes.await("both are counted", () -> counters.loopFaults.sum() == 2);
    loop.call(() -> 1);
    assertEquals(2, counters.loopFaults.sum(), "the caller's own is not a fault of the loop");
  }

  @Test
  void shouldBeatRegularlyWhileItRests() {
    AtomicInteger beats = new AtomicInteger();
    loop.every(5_000_000L, nowNs -> beats.incrementAndGet());
    loop.start();
    TestNodes.await("it beats", () -> beats.get() >= 5);
  }

  @Test
  void shouldRefuseCallsAfterItsEnd() throws Exception {
    loop.start();
    loop.stop();
    loop.join();
    MossException refused = assertThrows(MossException.class, () -> loop.call(() -> 1));
    assertEquals(MossError.NOT_STARTED, refused.error());
  }

  @Test
  void shouldNotMissAWakeUp() {
    AtomicInteger ran = new AtomicInteger();
    loop.every(60_000_000_000L, nowNs -> {});
    loop.start();
    for (int i = 0; i < 300; i++) {
      long startNs = System.nanoTime();
      assertEquals(i, loop.call(ran::getAndIncrement));
      long tookNs = System.nanoTime() - startNs;
      assertTrue(tookNs < 20_000_000_000L, "call " + i + " took " + tookNs + " ns");
      if (i % 3 == 0) {
        TestNodes.pause(1);
      }
    }
  }
}
