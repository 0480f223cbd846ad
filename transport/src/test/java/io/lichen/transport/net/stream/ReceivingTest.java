// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.transport.net.Faults;
import io.lichen.transport.net.StreamEnd;
import io.lichen.transport.net.stream.StreamCounters.Event;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a receiving stream makes of packets that a peer sends by hand. */
class ReceivingTest {
  private static final long STREAM = 77;
  private static final int RELIABLE = StreamPacket.FLAG_RELIABLE;

  private final SimLink link = new SimLink(1, Faults.none(1));
  private final SimPeer ours = new SimPeer(link, 0);
  private final ScriptedPeer peer = new ScriptedPeer(link, 1);

  private void say(int flags, long... sequences) {
    for (long sequence : sequences) {
      peer.say(STREAM, sequence, flags, sequence);
    }
    link.run(5 * Faults.MS);
  }

  private void assertDelivered(Long... numbers) {
    assertEquals(List.of(numbers), ours.delivered(STREAM));
  }

  @Test
  void shouldDeliverFireAndForgetPacketsAsTheyCome() {
    say(0, 3, 1, 1, 0);
    assertDelivered(3L, 1L, 1L, 0L);
    assertEquals(0, StreamControl.ackSequence(peer.lastControl(StreamControl.WINDOW), 0x0B00));
  }

  @Test
  void shouldHoldWhatIsAheadAndDeliverItOnce() {
    say(ScriptedPeer.BOUNDARY, 0);
    say(RELIABLE, 3, 2, 3);
    assertDelivered(0L);
    say(RELIABLE, 1);
    assertDelivered(0L, 1L, 2L, 3L);
    assertEquals(1, ours.count(Event.DUPLICATES));
    assertEquals(4, StreamControl.ackSequence(peer.lastControl(StreamControl.WINDOW), 0x0B00));
    assertEquals(0, ours.leakedBytes());
  }

  @Test
  void shouldAnswerCopyWithWhatIsConfirmedAlready() {
    say(ScriptedPeer.BOUNDARY, 0);
    long before = peer.controls(StreamControl.WINDOW);
    long total = StreamControl.windowTotal(peer.lastControl(StreamControl.WINDOW));
    say(ScriptedPeer.BOUNDARY, 0);
    assertEquals(before + 1, peer.controls(StreamControl.WINDOW));
    assertEquals(total, StreamControl.windowTotal(peer.lastControl(StreamControl.WINDOW)));
    assertEquals(1, StreamControl.ackSequence(peer.lastControl(StreamControl.WINDOW), 0x0B00));
  }

  @Test
  void shouldAskForWhatIsMissingEverMoreSeldom() {
    say(ScriptedPeer.BOUNDARY, 0);
    say(RELIABLE, 2);
    link.run(10_000 * Faults.MS);
    long asked = peer.controls(StreamControl.NACK);
    assertTrue(asked > 20 && asked < 60, () -> asked + " times in 10 s");
    assertEquals(1, StreamControl.ackSequence(peer.lastControl(StreamControl.NACK), 0x0B01));
  }

  @Test
  void shouldGiveUpGapThatNoOldPublisherFills() {
    peer.say(STREAM, 0, RELIABLE, 99, 0);
    peer.say(STREAM, 2, RELIABLE, 99, 2);
    link.run(40 * Faults.MS);
    assertDelivered(0L);
    link.run(20 * Faults.MS);
    assertDelivered(0L, 2L);
    assertEquals(List.of(STREAM + ":1+1"), ours.gaps);
    peer.say(STREAM, 1, RELIABLE, 99, 1);
    link.run(5 * Faults.MS);
    assertDelivered(0L, 2L);
  }

  @Test
  void shouldWaitLongerForSenderThatRepeats() {
    say(RELIABLE, 0, 2);
    link.run(1900 * Faults.MS);
    assertDelivered(0L);
    link.run(200 * Faults.MS);
    assertDelivered(0L, 2L);
  }

  @Test
  void shouldWaitForSenderThatMarksTheBoundaryUntilItMustHaveGivenUp() {
    say(ScriptedPeer.BOUNDARY, 0);
    say(RELIABLE, 2);
    link.run(29_000 * Faults.MS);
    assertDelivered(0L);
    link.run(2_000 * Faults.MS);
    assertDelivered(0L, 2L);
  }

  @Test
  void shouldLetGapsOfOldSenderGiveWayToWhatComes() {
    say(RELIABLE, 0, 2, 200);
    assertDelivered(0L, 2L, 200L);
    assertEquals(List.of(STREAM + ":1+1", STREAM + ":3+197"), ours.gaps);
  }

  @Test
  void shouldRefuseWhatIsTooFarAheadOfBoundary() {
    say(ScriptedPeer.BOUNDARY, 0);
    say(RELIABLE, 200);
    assertDelivered(0L);
    assertEquals(1, ours.count(Event.OUT_OF_WINDOW));
  }

  @Test
  void shouldTakeUpContinuedNumbersAfterReset() {
    say(ScriptedPeer.BOUNDARY, 0);
    say(RELIABLE, 1, 3);
    peer.reset(STREAM);
    peer.reset(STREAM);
    link.run(5 * Faults.MS);
    assertEquals(List.of(StreamEnd.RESET_BY_PEER), ours.ends);
    assertEquals(1, ours.count(Event.HELD_DROPPED));
    say(RELIABLE, 4, 5);
    assertDelivered(0L, 1L, 4L, 5L);
  }

  @Test
  void shouldTakeUpBoundaryAfterReset() {
    say(ScriptedPeer.BOUNDARY, 0);
    say(RELIABLE, 1);
    peer.reset(STREAM);
    say(ScriptedPeer.BOUNDARY, 9);
    say(RELIABLE, 10);
    assertDelivered(0L, 1L, 9L, 10L);
  }

  @Test
  void shouldExpectZeroAfterResetIfNumbersBeginAnew() {
    say(ScriptedPeer.BOUNDARY, 0);
    say(RELIABLE, 1, 2);
    peer.reset(STREAM);
    say(RELIABLE, 1);
    link.run(1000 * Faults.MS);
    say(RELIABLE, 1);
    assertDelivered(0L, 1L, 2L);
    say(RELIABLE, 0);
    assertDelivered(0L, 1L, 2L, 0L, 1L);
  }

  @Test
  void shouldHoldNoMoreThanBudgetOfSession() {
    byte[] large = new byte[8104 + Integer.BYTES];
    for (int stream = 0; stream < 20; stream++) {
      for (int sequence = 1; sequence <= 120; sequence++) {
        link.send(1, new SimDatagram(stream, sequence, 1, 0, 0, 0, 0, 0, 0, 1, large));
      }
    }
    link.run(5 * Faults.MS);
    assertTrue(ours.memory.metric().usedHeapMemory() <= StreamContext.MAX_HELD_BYTES);
    assertTrue(ours.count(Event.NO_ROOM_TO_HOLD) > 0);
    assertEquals(0, ours.leakedBytes());
  }

  @Test
  void shouldForgetIdleStreamsButNotWhatIsHeld() {
    say(0, 0);
    peer.say(STREAM + 1, 0, ScriptedPeer.BOUNDARY, 0);
    link.run(1000 * Faults.MS);
    assertEquals(2, ours.streams.streams());
    link.run(310_000 * Faults.MS);
    assertEquals(0, ours.streams.streams());
    assertEquals(2, ours.count(Event.STREAMS_IDLE));
  }

  @Test
  void shouldLetLeastActiveStreamGiveWay() {
    for (int stream = 0; stream < 5000; stream++) {
      peer.say(stream, 0, 0, 0);
    }
    link.run(5 * Faults.MS);
    assertEquals(4096, ours.streams.streams());
    assertEquals(5000 - 4096, ours.count(Event.STREAMS_EVICTED));
  }
}
