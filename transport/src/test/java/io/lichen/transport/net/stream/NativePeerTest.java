// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.transport.Suite;
import io.lichen.transport.net.Faults;
import io.lichen.transport.net.StreamEnd;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams towards and from a peer that behaves like version 0.34. */
class NativePeerTest {
  private static final long STREAM = 77;
  private static final int EVENTS = 2000;
  private static final long LIMIT_NS = 600_000 * Faults.MS;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 20, 40})
  void shouldBringEverythingToOldReceiver(int percent) {
    for (int run = 0; run < Suite.simulations() / 20; run++) {
      long seed = Suite.seed();
      SimLink link = new SimLink(seed, Faults.losing(percent, 1 + run % 4));
      SimPeer ours = new SimPeer(link, 0);
      NativeReceiver theirs = new NativeReceiver(link, 1);
      ours.send(STREAM, true, EVENTS, 64, 1);
      assertTrue(link.runUntil(() -> ours.isSent(STREAM), LIMIT_NS), "seed " + seed);
      assertEquals(EVENTS, new TreeSet<>(theirs.delivered).size(), "seed " + seed);
      assertEquals(List.of(), ours.ends, "seed " + seed);
    }
  }

  /** It goes on speaking to where the sender was, and takes each copy for an event. */
  @Test
  void shouldRepeatLittleToOldReceiverWhoseAnswersGoElsewhere() {
    SimLink link = new SimLink(Suite.seed(), Faults.none(10));
    SimPeer ours = new SimPeer(link, 0);
    NativeReceiver theirs = new NativeReceiver(link, 1);
    ours.send(STREAM, true, 50, 64, 1);
    assertTrue(link.runUntil(() -> ours.isSent(STREAM), LIMIT_NS));
    theirs.delivered.clear();
    theirs.speaksToNobody = true;
    ours.send(STREAM, true, 1, 64, 1);
    link.run(LossRecovery.GIVE_UP_NS + 1000 * Faults.MS);

    assertEquals(List.of(StreamEnd.GAVE_UP), ours.ends);
    assertTrue(theirs.delivered.size() <= 20, theirs.delivered.size() + " copies");
  }

  /** It says once what it has, and no more when its answer was lost. */
  @ParameterizedTest
  @ValueSource(ints = {100, 1000, 3000, 10_000, 15_000})
  void shouldGoOnSoonAfterAnswersWereLostForLong(int silentMs) {
    SimLink link = new SimLink(Suite.seed(), Faults.none(10));
    SimPeer ours = new SimPeer(link, 0);
    NativeReceiver theirs = new NativeReceiver(link, 1);
    ours.send(STREAM, true, EVENTS, 64, 1);
    assertTrue(link.runUntil(() -> theirs.delivered.size() > EVENTS / 2, LIMIT_NS));
    theirs.speaksToNobody = true;
    link.run(silentMs * Faults.MS);
    theirs.speaksToNobody = false;

    int before = new TreeSet<>(theirs.delivered).size();
    assertTrue(before < EVENTS);
    assertTrue(
        link.runUntil(() -> new TreeSet<>(theirs.delivered).size() > before, 500 * Faults.MS));
    assertTrue(link.runUntil(() -> ours.isSent(STREAM), LIMIT_NS));
    assertEquals(EVENTS, new TreeSet<>(theirs.delivered).size());
    assertEquals(List.of(), ours.ends);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 1000, 3000, 10_000, 15_000})
  void shouldGoOnSoonAfterALongSilence(int silentMs) {
    SimLink link = new SimLink(Suite.seed(), Faults.none(10));
    SimPeer ours = new SimPeer(link, 0);
    NativeReceiver theirs = new NativeReceiver(link, 1);
    ours.send(STREAM, true, 50, 64, 1);
    assertTrue(link.runUntil(() -> ours.isSent(STREAM), LIMIT_NS));
    link.faults(new Faults(1, 1, 0, 10 * Faults.MS, 0));
    ours.send(STREAM, true, 50, 64, 1);
    link.run(silentMs * Faults.MS);
    link.faults(Faults.none(10));

    assertTrue(link.runUntil(() -> ours.isSent(STREAM), 500 * Faults.MS));
    assertEquals(100, new TreeSet<>(theirs.delivered).size());
    assertEquals(List.of(), ours.ends);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 20, 40})
  void shouldDeliverOldSenderInOrderAndOnceUntilItGivesUp(int percent) {
    for (int run = 0; run < Suite.simulations() / 20; run++) {
      long seed = Suite.seed();
      SimLink link = new SimLink(seed, Faults.losing(percent, 1 + run % 4));
      SimPeer ours = new SimPeer(link, 0);
      NativeSender theirs = new NativeSender(link, 1, STREAM, EVENTS);
      assertTrue(link.runUntil(theirs::isDone, LIMIT_NS), "seed " + seed);
      link.run(3000 * Faults.MS);
      List<Long> delivered = ours.delivered(STREAM);
      List<Long> ordered = new TreeSet<>(delivered).stream().toList();
      assertEquals(ordered, delivered, "seed " + seed);
      boolean whole = delivered.equals(LongStream.range(0, EVENTS).boxed().toList());
      boolean told = !ours.ends.isEmpty() || !ours.gaps.isEmpty();
      assertTrue(whole || told, "seed " + seed);
      assertTrue(whole || theirs.gaveUp, "seed " + seed);
    }
  }
}
