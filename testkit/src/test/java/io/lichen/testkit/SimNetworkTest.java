// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimNetworkTest {
  private final VirtualTime time = new VirtualTime();
  private final SimNetwork<Integer> network = new SimNetwork<>(time, 1, Integer::longValue);
  private final Recorder first = new Recorder();
  private final Recorder second = new Recorder();

  /** Writes down what happens to a node. */
  private static final class Recorder implements SimNode<Integer> {
    final List<Integer> messages = new ArrayList<>();
    final List<String> events = new ArrayList<>();

    @Override
    public void onConnect(int peer, boolean outbound) {
      events.add((outbound ? "dialled " : "accepted ") + peer);
    }

    @Override
    public void onDisconnect(int peer) {
      events.add("lost " + peer);
    }

    @Override
    public void onMessage(int from, Integer payload) {
      messages.add(payload);
    }
  }

  private void link(LinkProfile profile) {
    network.addNode(first);
    network.addNode(second);
    network.connect(0, 1, profile);
  }

  private void sendAll(int count) {
    for (int number = 0; number < count; number++) {
      assertTrue(network.send(0, 1, number));
    }
  }

  @Test
  void shouldDeliverInOrderAfterTheLatency() {
    link(LinkProfile.reliable(100));
    sendAll(3);
    time.runFor(99);
    assertEquals(List.of(), second.messages);

    time.runFor(1);
    assertEquals(List.of(0, 1, 2), second.messages);
  }

  @Test
  void shouldTellBothNodesOfConnectAndDisconnect() {
    link(LinkProfile.reliable(1));
    assertTrue(network.disconnect(1, 0));
    assertFalse(network.disconnect(1, 0));

    assertEquals(List.of("dialled 1", "lost 1"), first.events);
    assertEquals(List.of("accepted 0", "lost 0"), second.events);
  }

  @Test
  void shouldLoseWhatIsOnTheWayWhenTheLinkGoesDown() {
    link(LinkProfile.reliable(100));
    sendAll(1);
    network.disconnect(0, 1);
    network.connect(0, 1, LinkProfile.reliable(100));
    time.runFor(1000);

    assertEquals(List.of(), second.messages);
    assertEquals(1, network.lost());
  }

  @Test
  void shouldLoseAndDuplicateTheGivenShares() {
    link(LinkProfile.lossy(1, 1, 0.25, 0.5));
    sendAll(10_000);
    time.runFor(1);

    assertEquals(2500.0, (double) network.lost(), 250.0);
    assertEquals(7500 * 1.5, second.messages.size(), 400.0);
  }

  @Test
  void shouldReorderOnUnorderedLinksAndNotOnOrderedOnes() {
    link(new LinkProfile(1, 1000, 0, 0, true, Integer.MAX_VALUE, 0));
    sendAll(100);
    time.runFor(1000);
    assertEquals(second.messages.stream().sorted().toList(), second.messages);

    second.messages.clear();
    network.connect(0, 1, LinkProfile.lossy(1, 1000, 0, 0));
    sendAll(100);
    time.runFor(1000);
    assertEquals(100, second.messages.size());
    assertNotEquals(second.messages.stream().sorted().toList(), second.messages);
  }

  @Test
  void shouldRefuseMoreThanALinkHolds() {
    link(LinkProfile.reliable(10).withMaxInFlight(2));
    sendAll(2);
    assertFalse(network.send(0, 1, 3));
    assertTrue(network.send(1, 0, 4));

    time.runFor(10);
    assertTrue(network.send(0, 1, 5));
  }

  @Test
  void shouldCarryNothingAcrossAPartition() {
    link(LinkProfile.reliable(1));
    network.partition(Set.of(0));
    sendAll(1);
    network.heal();
    time.runFor(1);
    assertEquals(List.of(), second.messages);

    sendAll(1);
    time.runFor(1);
    assertEquals(List.of(0), second.messages);
  }

  @Test
  void shouldGiveTheSameTraceForTheSameSeedOnly() {
    assertEquals(traceOf(5), traceOf(5));
    assertNotEquals(traceOf(5), traceOf(6));
  }

  private static long traceOf(long seed) {
    VirtualTime time = new VirtualTime();
    SimNetwork<Integer> network = new SimNetwork<>(time, seed, Integer::longValue);
    network.addNode(new Recorder());
    network.addNode(new Recorder());
    network.connect(0, 1, LinkProfile.lossy(1, 1000, 0.3, 0.3));
    for (int number = 0; number < 100; number++) {
      network.send(0, 1, number);
    }
    time.runFor(1000);
    return network.traceHash();
  }

  @Test
  void shouldRefuseNonsense() {
    link(LinkProfile.reliable(1));
    assertThrows(
        IllegalArgumentException.class, () -> network.connect(1, 1, LinkProfile.reliable(1)));
    assertThrows(IllegalArgumentException.class, () -> LinkProfile.lossy(1, 2, 1.5, 0));
    assertThrows(IllegalArgumentException.class, () -> LinkProfile.lossy(2, 1, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> LinkProfile.reliable(0).withMaxInFlight(0));
  }
}
