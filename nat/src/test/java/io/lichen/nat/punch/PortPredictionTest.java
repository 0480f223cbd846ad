// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.punch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortPredictionTest {
  private static List<Integer> ports(int first, int distance, int count) {
    return PortPrediction.window(new InetSocketAddress("203.0.113.5", first), distance, count)
        .stream()
        .map(InetSocketAddress::getPort)
        .toList();
  }

  @Test
  void shouldTakeTheMostFrequentStepAndOfEqualOnesTheFirst() {
    assertEquals(0, PortPrediction.step(List.of()));
    assertEquals(0, PortPrediction.step(List.of(5, 5)));
    assertEquals(-5, PortPrediction.step(List.of(20, 15, 10)));
    assertEquals(5, PortPrediction.step(List.of(100, 110, 115, 120)));
    assertEquals(10, PortPrediction.step(List.of(100, 110, 115)));
  }

  @Test
  void shouldTellTheStepFromPortsInNoOrderWithOthersInBetween() {
    assertEquals(0, PortPrediction.spacing(List.of()));
    assertEquals(0, PortPrediction.spacing(List.of(5, 5)));
    assertEquals(1, PortPrediction.spacing(List.of(4002, 4000, 4001)));
    assertEquals(1, PortPrediction.spacing(List.of(4003, 4010, 4000)));
    assertEquals(2, PortPrediction.spacing(List.of(4010, 4000, 4006, 4010)));
    assertEquals(64, PortPrediction.spacing(List.of(4000, 4064)));
    assertEquals(0, PortPrediction.spacing(List.of(4000, 4065, 39_123)));
    assertEquals(1, PortPrediction.spacing(List.of(4000, 4300, 4301)), "the last ones");
    assertEquals(0, PortPrediction.spacing(List.of(1)));
  }

  @Test
  void shouldLeaveOutPortsThatThereAreNot() {
    assertEquals(List.of(1000, 1002, 1004), ports(1000, 2, 3));
    assertEquals(List.of(65_534, 65_535), ports(65_534, 1, 4));
    assertEquals(List.of(5, 1), ports(5, -4, 4));
    assertEquals(List.of(7), ports(7, 0, 4));
    assertEquals(List.of(), ports(7, 0, 0));
  }
}
