// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PortStepTest {
  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "'5', 0",
    "'5 6', 0",
    "'5 6 7', 1",
    "'5 7 9 11', 2",
    "'9 8 7', -1",
    "'5 6 7 9 10', 1",
    "'5 6 8', 0",
    "'5 5 5', 0",
    "'100 40000 200 7', 0",
    "'1000 2000 3000', 0",
  })
  void shouldTellTheDifferenceThatMostPairsHave(String ports, int step) {
    List<InetSocketAddress> mapped =
        Arrays.stream(ports.split(" ", -1))
            .filter(port -> !port.isEmpty())
            .map(port -> new InetSocketAddress("203.0.113.1", Integer.parseInt(port)))
            .toList();
    assertEquals(step, PortStep.of(mapped));
  }
}
