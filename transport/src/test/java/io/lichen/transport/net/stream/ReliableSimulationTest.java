// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.transport.Suite;
import io.lichen.transport.net.Faults;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two ends of Lichen over a link that loses, doubles and reorders, in virtual time. */
class ReliableSimulationTest {
  private static final long STREAM = 77;
  private static final int EVENTS = 10_000;
  private static final long LIMIT_NS = 600_000 * Faults.MS;

  @ParameterizedTest
  @CsvSource({
    "0,1,1",
    "0,1,100",
    "5,1,1",
    "5,8,1",
    "20,1,1",
    "20,8,10",
    "40,1,1",
    "40,8,1",
    "40,8,100"
  })
  void shouldDeliverEverythingOnceAndInOrderBothWays(int loss, int burst, int perPacket) {
    long seed = Suite.seed();
    SimLink link = new SimLink(seed, Faults.losing(loss, burst));
    SimPeer left = new SimPeer(link, 0);
    SimPeer right = new SimPeer(link, 1);
    left.send(STREAM, true, EVENTS, 64, perPacket);
    right.send(STREAM, true, EVENTS, 64, perPacket);
    boolean done = link.runUntil(() -> left.isSent(STREAM) && right.isSent(STREAM), LIMIT_NS);
    String what = "seed " + seed;
    assertTrue(done, what);
    List<Long> all = LongStream.range(0, EVENTS).boxed().toList();
    assertEquals(all, left.delivered(STREAM), what);
    assertEquals(all, right.delivered(STREAM), what);
    assertEquals(0, left.leakedBytes() + right.leakedBytes(), what);
  }
}
