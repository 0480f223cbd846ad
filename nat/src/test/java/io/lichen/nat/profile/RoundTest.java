// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.nat.behaviour.Mapping;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RoundTest {
  private static Round round(String ports) {
    List<Sample> samples = new ArrayList<>();
    for (String port : ports.split(" ", -1)) {
      if (!port.isEmpty()) {
        samples.add(sample(samples.size() + 1, Integer.parseInt(port)));
      }
    }
    return Round.of(samples);
  }

  private static Sample sample(int observer, int port) {
    return new Sample(
        InetAddress.ofLiteral("192.0.2." + observer), new InetSocketAddress("203.0.113.1", port));
  }

  @ParameterizedTest
  @CsvSource({
    "'', UNKNOWN, 0",
    "'5', UNKNOWN, 5",
    "'5 5', ENDPOINT_INDEPENDENT, 5",
    "'5 6', ADDRESS_AND_PORT_DEPENDENT, 5",
    "'5 6 7 8', ADDRESS_AND_PORT_DEPENDENT, 5",
    "'9 5 5', ENDPOINT_INDEPENDENT, 5",
    "'5 9 5 5', ENDPOINT_INDEPENDENT, 5",
    "'5 5 6 6', UNKNOWN, 5",
    "'5 5 6 7', UNKNOWN, 5",
  })
  void shouldGoByWhatMoreThanHalfOfTheHostsSay(String ports, Mapping mapping, int port) {
    Round round = round(ports);
    assertEquals(mapping, round.mapping());
    assertEquals(port, round.mapped() == null ? 0 : round.mapped().getPort());
  }

  @Test
  void shouldNotCompareWhatHostsOnTwoSidesOfANatSee() {
    Sample near =
        new Sample(
            InetAddress.ofLiteral("192.168.1.9"), new InetSocketAddress("192.168.1.5", 4000));
    Round round = Round.of(List.of(near, sample(1, 5), sample(2, 5)));
    assertEquals(new Round(Mapping.ENDPOINT_INDEPENDENT, sample(1, 5).mapped()), round);
    assertEquals(Mapping.UNKNOWN, Round.of(List.of(near, sample(1, 5))).mapping());
  }

  @Test
  void shouldGiveEachHostOneWord() {
    Round round = Round.of(List.of(sample(1, 5), sample(1, 6), sample(1, 7), sample(2, 5)));
    assertEquals(Mapping.ENDPOINT_INDEPENDENT, round.mapping());
    assertEquals(Mapping.UNKNOWN, Round.of(List.of(sample(1, 5), sample(1, 5))).mapping());
  }
}
