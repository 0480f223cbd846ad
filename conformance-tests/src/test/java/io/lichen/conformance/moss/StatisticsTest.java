// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.lichen.conformance.child.Waits;
import io.lichen.conformance.matrix.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Two ends and the middle between them count the same network. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.lichen.conformance.moss.Cell#symmetricOfEraC")
class StatisticsTest extends PairScenario {
  /** Every peer contributes after 5 s, and every 5 s. */
  private static final String TELEMETRY =
      """
      {"telemetry":{"enabled":true,"epoch_sec":20,"dp_epsilon":-1,"k_anon":3},"max_peers":%d}
      """;

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @AfterEach
  void endPeers() {
    endAll();
  }

  @Test
  @Scenario("network statistics of three converge to one digest")
  void shouldAgreeOnTheStateOfTheNetwork() {
    assumeRunnable();
    MeshPeer middle = peers.start(listener().withConfig(TELEMETRY.formatted(8)));
    MeshPeer left = peers.start(dialer().withConfig(TELEMETRY.formatted(1)));
    MeshPeer right = peers.start(dialer().withConfig(TELEMETRY.formatted(1)));
    Talk.connect(cell(), left, middle, middle.address());
    Talk.connect(cell(), right, middle, middle.address());

    List<JsonNode> last = new ArrayList<>();
    Waits.until(
        "all three report three contributors and the same digest",
        LIMIT,
        () -> {
          last.clear();
          List.of(left, middle, right).forEach(peer -> last.add(peer.networkStats()));
          return last.stream().allMatch(stats -> stats.path("contributors").asInt() == 3)
              && last.stream().map(stats -> stats.path("epoch_digest")).distinct().count() == 1;
        });

    // Equal digests are no accident, but sums are what people read.
    for (JsonNode stats : last) {
      assertEquals(last.getFirst().path("epoch"), stats.path("epoch"));
      assertEquals(3, stats.path("node_count_estimate").asInt());
      for (String shown :
          List.of(
              "k_anon_ok",
              "bandwidth_in_total",
              "bandwidth_out_total",
              "nat_histogram",
              "degree_histogram")) {
        assertEquals(last.getFirst().path(shown), stats.path(shown), shown);
      }
      assertEquals(names(last.getFirst()), names(stats));
    }
  }

  private static List<String> names(JsonNode stats) {
    List<String> names = new ArrayList<>();
    stats.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
