// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OutboundQueueTest {
  private static final byte[] PAYLOAD = new byte[68];
  private static final int COST = OutboundQueue.cost(PAYLOAD);

  @Test
  void shouldRefuseBeyondTheHardLimit() {
    OutboundQueue queue = new OutboundQueue(2 * COST, 4 * COST);
    for (int i = 0; i < 4; i++) {
      assertTrue(queue.offer(PAYLOAD));
    }

    assertFalse(queue.offer(PAYLOAD));
    assertEquals(4L * COST, queue.pendingBytes());
  }

  @Test
  void shouldTakeOnePayloadHoweverLong() {
    OutboundQueue queue = new OutboundQueue(10, 20);

    assertTrue(queue.offer(new byte[1000]));
    assertFalse(queue.offer(new byte[0]));
  }

  @Test
  void shouldTellOnceThatItHasDrained() {
    OutboundQueue queue = new OutboundQueue(4 * COST, 100 * COST);
    for (int i = 0; i < 5; i++) {
      queue.offer(PAYLOAD);
    }
    assertFalse(queue.isWritable());
    assertFalse(queue.release(COST));
    assertFalse(queue.release(COST));
    assertTrue(queue.isWritable());
    assertTrue(queue.release(COST));
    assertFalse(queue.release(COST));
  }

  @Test
  void shouldCountTakenPayloadsUntilReleased() {
    OutboundQueue queue = new OutboundQueue(100 * COST, 100 * COST);
    queue.offer(PAYLOAD);
    assertNotNull(queue.poll());

    assertEquals(COST, queue.pendingBytes());
    queue.release(COST);
    assertEquals(0, queue.pendingBytes());
  }

  @Test
  void shouldLetOneCallerDrain() {
    OutboundQueue queue = new OutboundQueue(100 * COST, 100 * COST);
    queue.offer(PAYLOAD);

    assertTrue(queue.claimDrain());
    assertFalse(queue.claimDrain());
    assertFalse(queue.drained(), "not over while something is queued");
    queue.clear();
    assertTrue(queue.drained());
    assertEquals(0, queue.pendingBytes());
    assertTrue(queue.claimDrain());
  }
}
