// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What goes wrong with machines and with the network as a whole. */
class SimFaultsTest {
  private static final LinkProfile LINK = LinkProfile.reliable(10);

  private final VirtualTime time = new VirtualTime();
  private final SimNetwork<Integer> network = new SimNetwork<>(time, 1, Integer::longValue);
  private final List<String> log = new ArrayList<>();

  /** Writes down what happens to a node. */
  private final class Recorder implements SimNode<Integer> {
    private final String name;

    Recorder(String name) {
      this.name = name;
    }

    @Override
    public void onStart(int self) {
      network.scheduleEvery(self, 100, 100, () -> log.add(name + " ticks"));
    }

    @Override
    public void onConnect(int peer, boolean outbound) {
      log.add(name + " has " + peer);
    }

    @Override
    public void onDisconnect(int peer) {
      log.add(name + " lost " + peer);
    }

    @Override
    public void onMessage(int from, Integer payload) {
      log.add(name + " got " + payload);
    }
  }

  private void nodes(int count) {
    for (int number = 0; number < count; number++) {
      network.addNode(new Recorder("" + (char) ('a' + number)));
    }
  }

  @Test
  void shouldTellNeighboursOfACrashAndNeverTheCrashedNode() {
    nodes(2);
    network.connect(0, 1, LINK);
    network.send(0, 1, 7);
    network.send(1, 0, 8);
    assertTrue(network.crash(1, 0));
    assertFalse(network.crash(1, 0));
    time.runFor(250);

    assertEquals(List.of("a has 1", "b has 0", "a lost 1", "a ticks", "a ticks"), log);
    assertEquals(2, network.lost());
    assertFalse(network.send(0, 1, 9));
    assertFalse(network.connect(0, 1, LINK));
  }

  @Test
  void shouldLetNeighboursSendIntoTheVoidUntilTheyNotice() {
    nodes(2);
    network.connect(0, 1, LINK);
    network.crash(1, 50);
    time.runFor(49);
    assertTrue(network.send(0, 1, 7));
    assertFalse(network.isConnected(0, 1));
    assertEquals(List.of("a has 1", "b has 0"), log);

    time.runFor(1);
    assertEquals("a lost 1", log.getLast());
    assertFalse(network.send(0, 1, 8));
    assertEquals(1, network.lost());
  }

  @Test
  void shouldNoticeACrashAtTheLatestWhenTheNodeIsBack() {
    nodes(2);
    network.connect(0, 1, LINK);
    network.crash(1, 50);
    network.restart(1, new Recorder("B"));
    assertTrue(network.connect(1, 0, LINK));
    assertEquals(List.of("a has 1", "b has 0", "a lost 1", "B has 0", "a has 1"), log);

    time.runFor(60);
    assertTrue(network.isConnected(0, 1));
    assertEquals(5, log.size());
  }

  @Test
  void shouldEndTheTasksOfACrashedNodeAndStartThoseOfItsSuccessor() {
    nodes(1);
    network.schedule(0, 130, () -> log.add("never"));
    time.runFor(120);
    network.crash(0, 0);
    time.runFor(30);
    network.restart(0, new Recorder("A"));
    time.runFor(200);

    assertEquals(List.of("a ticks", "A ticks", "A ticks"), log);
    assertThrows(IllegalStateException.class, () -> network.restart(0, new Recorder("?")));
  }

  @Test
  void shouldPartIntoAnyNumberOfGroups() {
    nodes(4);
    for (int peer = 1; peer < 4; peer++) {
      network.connect(0, peer, LINK);
    }
    network.partition(Set.of(0, 1), Set.of(2));
    log.clear();
    for (int peer = 1; peer < 4; peer++) {
      network.send(0, peer, peer);
    }
    network.partition(Set.of(3));
    network.send(0, 2, 4);
    network.send(0, 3, 5);
    network.heal();
    network.send(0, 3, 6);
    time.runFor(10);

    assertEquals(List.of("b got 1", "c got 4", "d got 6"), log);
  }

  @Test
  void shouldSeverTheLinksThatCrossAndMendThoseWhoseEndsAreUp() {
    nodes(4);
    network.connect(0, 1, LINK);
    network.connect(0, 2, LINK);
    network.connect(3, 0, LINK);
    assertEquals(2, network.sever(Set.of(0, 1)));
    assertTrue(network.isConnected(0, 1));
    assertArrayEquals(new int[] {1}, network.neighbours(0));
    assertTrue(log.contains("a lost 3") && log.contains("d lost 0"));

    network.crash(2, 0);
    assertEquals(1, network.mend());
    assertTrue(network.isConnected(0, 3));
    assertEquals(0, network.mend());
  }

  @Test
  void shouldHoldUpTheSendersOfASlowReader() {
    nodes(2);
    network.connect(0, 1, LINK.withMaxInFlight(2));
    network.setReadTime(1, 30);
    log.clear();
    assertTrue(network.send(0, 1, 1));
    assertTrue(network.send(0, 1, 2));
    assertFalse(network.send(0, 1, 3));
    time.runFor(39);
    assertEquals(List.of(), log);
    assertFalse(network.send(0, 1, 4));

    time.runFor(1);
    assertTrue(network.send(0, 1, 5));
    network.setReadTime(1, 0);
    time.runFor(50);
    assertEquals(List.of("b got 1", "b got 2", "b got 5"), log);
    assertEquals(2, network.refused());
  }

  @Test
  void shouldDelayWhatAStreamLosesAndAllThatIsBehindIt() {
    nodes(2);
    network.connect(0, 1, LinkProfile.stream(10, 0.2, 40));
    log.clear();
    for (int number = 0; number < 100; number++) {
      network.send(0, 1, number);
    }
    time.runFor(10);
    int soon = log.size();
    time.runFor(89);
    log.removeIf(line -> line.endsWith("ticks"));

    assertTrue(soon < 50, () -> soon + " of 100 passed before the first loss");
    assertEquals(0, network.lost());
    assertTrue(network.retransmitted() > 5);
    for (int number = 0; number < log.size(); number++) {
      assertEquals("b got " + number, log.get(number));
    }
    time.runFor(400);
    assertTrue(log.contains("b got 99"));
  }

  @Test
  void shouldCrashAtTheGivenRate() {
    List<Integer> crashed = new ArrayList<>();
    Churn churn = new Churn(time, 3, 200, 0.1, node -> node % 2 == 0 && crashed.add(node));
    churn.start();
    time.runFor(60_000_000_000L);
    assertEquals(20, crashed.size());
    assertTrue(crashed.stream().allMatch(node -> node % 2 == 0));

    churn.stop();
    time.runFor(60_000_000_000L);
    assertEquals(20, churn.crashes());
    assertThrows(IllegalArgumentException.class, () -> new Churn(time, 1, 0, 0.1, node -> true));
    assertThrows(IllegalArgumentException.class, () -> new Churn(time, 1, 9, 0, node -> true));
  }
}
