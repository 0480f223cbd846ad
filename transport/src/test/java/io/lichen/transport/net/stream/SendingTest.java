// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import static java.util.stream.Collectors.groupingBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.transport.net.Faults;
import io.lichen.transport.net.StreamEnd;
import io.lichen.transport.net.stream.StreamCounters.Event;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a sending stream does towards a peer that a test plays by hand. */
class SendingTest {
  private static final long STREAM = 77;

  private final SimLink link = new SimLink(1, Faults.none(1));
  private final SimPeer ours = new SimPeer(link, 0);
  private final ScriptedPeer peer = new ScriptedPeer(link, 1);

  private List<Integer> flags() {
    return peer.events().stream().map(SimDatagram::flags).toList();
  }

  private List<Long> sequences() {
    return peer.events().stream().map(SimDatagram::sequence).toList();
  }

  @Test
  void shouldMarkTheFirstReliablePacketAndKeepTheStreamReliable() {
    ours.send(STREAM, false, 2, 64, 1);
    ours.send(STREAM, true, 2, 64, 1);
    ours.send(STREAM, false, 1, 64, 1);
    link.run(10 * Faults.MS);
    assertEquals(List.of(0, 0, 0x41, 1, 1), flags());
  }

  @Test
  void shouldRepeatWithTheSameFieldsOnly() {
    ours.publish(STREAM, 1, 0xABCD, 99);
    link.run(150 * Faults.MS);
    List<SimDatagram> packets = peer.events();
    assertTrue(packets.size() >= 2, () -> packets.size() + " packets");
    SimDatagram first = packets.getFirst();
    SimDatagram again = packets.getLast();
    assertEquals(
        List.of(0x41, 0L, 0xABCD, 99L),
        List.of(again.flags(), again.sequence(), again.channelHash(), again.originHash()));
    assertArrayEquals(first.frames(), again.frames());
  }

  @Test
  void shouldRepeatEveryPacketThatItFlagsReliable() {
    ours.streams.peerReassembles(true);
    ours.send(STREAM, true, 3, 64, 1);
    ours.publish(STREAM + 1, 2, 0xABCD, 99);
    ours.send(STREAM + 2, true, 1, 64, 1);
    ours.send(STREAM + 2, false, 2, 64, 1);
    ours.offerOne(STREAM + 3, true, 65_536, 20_000);
    link.run(500 * Faults.MS);
    // Towards a silent peer only two large packets are under way at a time.
    peer.window(STREAM + 3, 2 * 8192, 2);
    link.run(1500 * Faults.MS);
    Map<List<Long>, List<SimDatagram>> copies =
        peer.events().stream()
            .filter(packet -> packet.eventCount() > 0)
            .peek(packet -> assertEquals(1, packet.flags() & 1, packet::toString))
            .collect(groupingBy(packet -> List.of(packet.streamId(), packet.sequence())));
    assertEquals(3 + 2 + 3 + 3, copies.size());
    copies.forEach(SendingTest::assertRepeatedAlike);
  }

  private static void assertRepeatedAlike(List<Long> packet, List<SimDatagram> copies) {
    assertTrue(copies.size() >= 2, () -> packet + " was never repeated");
    assertEquals(1, copies.stream().map(SendingTest::fields).distinct().count(), packet::toString);
  }

  private static List<Object> fields(SimDatagram packet) {
    return List.of(
        packet.flags(),
        packet.channelHash(),
        packet.originHash(),
        packet.fragmentFlags(),
        packet.fragmentId(),
        packet.fragmentOffset(),
        packet.eventCount(),
        ByteBuffer.wrap(packet.frames()));
  }

  @Test
  void shouldStopWhenCreditIsUsedUpAndGoOnWhenItIsConfirmed() {
    ours.send(STREAM, false, 100, 8000, 1);
    link.run(10 * Faults.MS);
    int sent = peer.events().size();
    assertEquals(65_536 / (8004 + 84), sent);
    peer.window(STREAM, 2 * (8004 + 84), 0);
    peer.window(STREAM, 8004 + 84, 0);
    link.run(10 * Faults.MS);
    assertEquals(sent + 2, peer.events().size());
    peer.window(STREAM, Long.MAX_VALUE, 0);
    link.run(10 * Faults.MS);
    assertEquals(2 * sent + 2, peer.events().size(), "a lie is worth what was sent");
  }

  @Test
  void shouldWriteOffWhatFireAndForgetLostAfterTwoSeconds() {
    ours.send(STREAM, false, 16, 8000, 1);
    link.run(1900 * Faults.MS);
    assertEquals(8, peer.events().size());
    link.run(500 * Faults.MS);
    assertEquals(16, peer.events().size());
    assertEquals(8 * (8004 + 84), ours.count(Event.BYTES_WRITTEN_OFF));
  }

  @Test
  void shouldRepeatWhatWasOvertaken() {
    ours.send(STREAM, true, 10, 64, 1);
    link.run(2 * Faults.MS);
    peer.missing(STREAM, 2, 0b101);
    link.run(4 * Faults.MS);
    assertEquals(List.of(2L, 3L, 5L), sequences().subList(10, 13));
  }

  @Test
  void shouldIgnoreAcknowledgementOfWhatWasNeverSent() {
    ours.send(STREAM, true, 1, 64, 1);
    peer.window(STREAM, 1000, 5);
    link.run(5 * Faults.MS);
    assertFalse(ours.streams.isIdle(STREAM));
    assertEquals(1, ours.count(Event.FALSE_ACK));
    peer.window(STREAM + 1, 1000, 5);
    link.run(5 * Faults.MS);
    assertEquals(1, ours.count(Event.STRAY_CONTROL));
  }

  @Test
  void shouldGiveUpSilentPeerAndGoOnBehindBoundary() {
    ours.send(STREAM, true, 3, 64, 1);
    link.run(16_000 * Faults.MS);
    assertEquals(List.of(), ours.ends);
    link.run(1_500 * Faults.MS);
    assertEquals(List.of(StreamEnd.GAVE_UP), ours.ends);
    assertEquals(3, peer.controls(StreamControl.RESET));
    peer.received.clear();
    ours.send(STREAM, true, 3, 64, 1);
    link.run(5 * Faults.MS);
    assertEquals(1, peer.events().size(), "alone until it is acknowledged");
    long first = peer.events().getFirst().sequence();
    assertEquals(List.of(0x41), flags());
    peer.window(STREAM, 152, first + 1);
    link.run(5 * Faults.MS);
    assertEquals(List.of(first, first + 1, first + 2), sequences());
  }

  @Test
  void shouldKeepSilentStreamFromCostingOthers() {
    ours.send(STREAM, true, 1000, 1000, 1);
    ours.send(STREAM + 1, true, 300, 64, 1);
    for (int i = 0; i < 400; i++) {
      long next = peer.events().stream().filter(each -> each.streamId() == STREAM + 1).count();
      peer.window(STREAM + 1, next * 152, next);
      link.run(5 * Faults.MS);
    }
    assertTrue(ours.isSent(STREAM + 1));
    assertTrue(ours.memory.metric().usedHeapMemory() <= 65_536, "the window of the silent one");
    assertEquals(List.of(), ours.ends);
    // At most 16 KiB in a quarter of a second.
    assertTrue(peer.events().size() < 400 + 2 * 4 * 16 * 2, () -> peer.events().size() + " sent");
  }

  @Test
  void shouldMarkTheBoundaryAgainWhenTheReceiverMayHaveForgotten() {
    SimPeer theirs = new SimPeer(link, 1);
    for (long pauseMs : new long[] {200_000, 290_000, 302_000, 314_000, 400_000}) {
      ours.send(STREAM, true, 10, 64, 1);
      link.run(1000 * Faults.MS);
      assertTrue(ours.isSent(STREAM), () -> "before " + pauseMs);
      link.run(pauseMs * Faults.MS);
    }
    ours.send(STREAM, true, 10, 64, 1);
    link.run(1000 * Faults.MS);
    assertEquals(LongStream.range(0, 60).boxed().toList(), theirs.delivered(STREAM));
    assertEquals(List.of(), ours.ends);
  }
}
