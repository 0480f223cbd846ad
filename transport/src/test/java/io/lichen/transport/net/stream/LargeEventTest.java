// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.transport.Suite;
import io.lichen.transport.net.Faults;
import io.lichen.transport.net.StreamEnd;
import io.lichen.transport.net.stream.StreamCounters.Event;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events of several packets between two ends of Lichen. */
class LargeEventTest {
  private static final long STREAM = 77;
  private static final long LIMIT_NS = 600_000 * Faults.MS;

  private final SimLink link = new SimLink(1, Faults.none(1));
  private final SimPeer left = new SimPeer(link, 0);
  private final SimPeer right = new SimPeer(link, 1);

  @ParameterizedTest
  @CsvSource({"0,8105", "0,64832", "5,20000", "20,64832", "40,20000"})
  void shouldArriveWholeInOrderAndOnce(int loss, int bytes) {
    long seed = Suite.seed();
    SimLink lossy = new SimLink(seed, Faults.losing(loss, 1));
    SimPeer sender = new SimPeer(lossy, 0);
    SimPeer receiver = new SimPeer(lossy, 1);
    sender.streams.peerReassembles(true);
    for (long stream = STREAM; stream < STREAM + 12; stream++) {
      sender.send(stream, true, 20, bytes, 1);
    }
    for (long stream = STREAM; stream < STREAM + 12; stream++) {
      long each = stream;
      assertTrue(lossy.runUntil(() -> sender.isSent(each), LIMIT_NS), "seed " + seed);
      List<Long> all = LongStream.range(0, 20).boxed().toList();
      assertEquals(all, receiver.delivered(stream), "seed " + seed);
    }
    assertEquals(List.of(), receiver.ends, "seed " + seed);
    assertEquals(0, sender.leakedBytes() + receiver.leakedBytes(), "seed " + seed);
  }

  @Test
  void shouldBeRefusedUnlessThePeerPutsThemTogether() {
    assertEquals(8104, left.streams.maxEventBytes());
    assertEquals(OfferVerdict.TOO_LARGE, left.offerOne(STREAM, true, 65_536, 8105));
    left.streams.peerReassembles(true);
    assertEquals(64_832, left.streams.maxEventBytes());
    assertEquals(OfferVerdict.TOO_LARGE, left.offerOne(STREAM, true, 65_536, 64_833));
    assertEquals(OfferVerdict.TAKEN, left.offerOne(STREAM, true, 65_536, 64_832));
  }

  @Test
  void shouldBeRefusedAtOnceIfTheWindowCanNeverHoldThem() {
    left.streams.peerReassembles(true);
    assertEquals(OfferVerdict.WINDOW_TOO_SMALL, left.offerOne(STREAM, true, 65_535, 64_832));
    assertEquals(OfferVerdict.TAKEN, left.offerOne(STREAM + 1, true, 0, 64_832));
  }

  @Test
  void shouldTakeCreditForAllPiecesOrNone() {
    left.streams.peerReassembles(true);
    assertEquals(OfferVerdict.TAKEN, left.offerOne(STREAM, false, 65_536, 40_000));
    left.recordsTransmitted = true;
    assertEquals(OfferVerdict.FULL, left.offerOne(STREAM, false, 65_536, 40_000));
    assertEquals(List.of(), left.transmitted);
  }

  @Test
  void shouldLoseOnlyTheFireAndForgetEventWithMissingPiece() {
    left.streams.peerReassembles(true);
    link.faults(new Faults(1, 1, 0, Faults.MS, 0));
    left.send(STREAM, false, 1, 20_000, 1);
    link.faults(Faults.none(1));
    left.send(STREAM, false, 2, 20_000, 1);
    link.run(3000 * Faults.MS);
    assertEquals(List.of(1L, 2L), right.delivered(STREAM));
  }

  @Test
  void shouldForgetUnfinishedFireAndForgetEventAfterTwoSeconds() {
    link.send(0, piece(0, 0, 1, 0));
    link.run(1900 * Faults.MS);
    assertEquals(0, right.count(Event.FRAGMENTS_EXPIRED));
    link.run(200 * Faults.MS);
    assertEquals(1, right.count(Event.FRAGMENTS_EXPIRED));
    link.send(0, piece(1, 0, 3, 4));
    link.run(10 * Faults.MS);
    assertEquals(1, right.count(Event.FRAGMENTS_LATE));
  }

  @Test
  void shouldReportReliableStreamWhosePiecesContradictOneAnother() {
    ScriptedPeer peer = new ScriptedPeer(link, 0);
    link.send(0, piece(0, ScriptedPeer.BOUNDARY, 1, 0));
    link.send(0, piece(1, 1, 1, 2));
    link.run(10 * Faults.MS);
    assertEquals(List.of(StreamEnd.INCONSISTENT), right.ends);
    peer.say(STREAM, 2, 1, 5);
    link.run(10 * Faults.MS);
    assertEquals(List.of(5L), right.delivered(STREAM), "the cursor stays where it is");
  }

  private static SimDatagram piece(long sequence, int flags, int fragmentFlags, int offset) {
    byte[] frames = {4, 0, 0, 0, 1, 2, 3, 4};
    return new SimDatagram(STREAM, sequence, flags, 0, 0, 0, fragmentFlags, 9, offset, 1, frames);
  }
}
