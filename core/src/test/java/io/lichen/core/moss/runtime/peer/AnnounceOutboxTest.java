// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.peer;

import static io.lichen.core.moss.runtime.dial.KnownPeersTest.peer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.core.work.TokenBucket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AnnounceOutboxTest {
  private static final long SECOND_NS = 1_000_000_000L;

  private final AnnounceOutbox outbox = new AnnounceOutbox(0);
  private final List<Byte> sent = new ArrayList<>();

  private boolean add(int about, int content) {
    return outbox.add(EnvelopeType.PEER_ANNOUNCE, peer(about), new byte[] {(byte) content});
  }

  private void drain(long nowNs) {
    outbox.drain(nowNs, encoded -> sent.add(encoded[0]));
  }

  @Test
  void shouldNeverOverrunTheReceiversBudget() {
    TokenBucket receiver = SessionBudgets.announcements(0);
    outbox.bypassed(0);
    assertTrue(receiver.take(0));
    for (int i = 0; i < 200; i++) {
      add(i, 1);
    }
    for (long nowNs = 0; outbox.count() > 0; nowNs += SECOND_NS / 10) {
      int before = sent.size();
      drain(nowNs);
      // All of a second may be bunched together on the way.
      long arrivedNs = nowNs / SECOND_NS * SECOND_NS;
      for (int i = before; i < sent.size(); i++) {
        assertTrue(receiver.take(arrivedNs), "announcement " + i);
      }
      assertTrue(nowNs < 20 * SECOND_NS, "it comes to an end");
    }
    assertEquals(200, sent.size());
  }

  @Test
  void shouldSendTheNewestWordAboutAPeerOnly() {
    add(1, 1);
    add(2, 2);
    add(1, 3);
    outbox.add(EnvelopeType.SUPERNODE_ANNOUNCE, peer(1), new byte[] {4});
    drain(0);
    assertEquals(List.of((byte) 3, (byte) 2, (byte) 4), sent);
  }

  @Test
  void shouldDropTheOldestWhenFull() {
    for (int i = 0; i < AnnounceOutbox.MAX_WAITING; i++) {
      assertTrue(add(i, i));
    }
    assertFalse(add(-1, 9));
    assertEquals(AnnounceOutbox.MAX_WAITING, outbox.count());
    drain(0);
    assertEquals((byte) 1, sent.getFirst());
  }
}
