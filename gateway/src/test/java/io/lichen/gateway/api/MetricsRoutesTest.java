// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.net.NetNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** M22: metrics over real sockets. */
@Timeout(60)
class MetricsRoutesTest {
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{([a-zA-Z_][a-zA-Z0-9_]*=\"([^\"\\\\]|\\\\.)*\",?)*})?"
              + " (NaN|[+-]Inf|[-+0-9.eE]+)( [0-9]+)?");

  private final NetNode node = NetNode.builder().psk(new byte[32]).build();
  private final SimpleMeterRegistry own = new SimpleMeterRegistry();
  private final Gateway gateway = Gateway.builder().net(node).registry(own).start();
  private final ApiClient client = new ApiClient(gateway);

  @AfterEach
  void close() {
    client.close();
    gateway.close();
    node.close();
  }

  private String metrics() {
    HttpResponse<String> answer = client.get("/metrics");
    assertEquals(200, answer.statusCode());
    assertEquals(
        "text/plain; version=0.0.4; charset=utf-8",
        answer.headers().firstValue("Content-Type").orElseThrow());
    return answer.body();
  }

  @Test
  void shouldBeTextThatPrometheusReads() {
    node.start();
    node.logs()
        .replicate(
            "kept",
            "{\"replication\":{\"placement\":\"pinned\",\"pinned_nodes\":["
                + Long.toUnsignedString(node.nodeId())
                + "]}}");
    Set<String> types = new HashSet<>();
    Set<String> samples = new HashSet<>();
    String text = metrics();
    for (String line : text.lines().toList()) {
      if (line.startsWith("# TYPE ")) {
        assertTrue(types.add(line.split(" ", -1)[2]), "twice: " + line);
      } else if (!line.startsWith("# HELP ") && !line.isEmpty()) {
        Matcher sample = SAMPLE.matcher(line);
        assertTrue(sample.matches(), line);
        assertTrue(samples.add(line.substring(0, line.lastIndexOf(' '))), "twice: " + line);
        String name = sample.group(1);
        String family = name.replaceAll("_(bucket|sum|count|max)$", "");
        assertTrue(types.contains(name) || types.contains(family), "no type: " + line);
      }
    }
    for (String name :
        List.of("lichen_net_peers", "dataforts_leader_changes_total", "jvm_memory_used_bytes")) {
      assertTrue(types.contains(name), name);
    }
    assertTrue(text.endsWith("\n"));
  }

  @Test
  void shouldCountRequestsByThePatternOfTheirRoute() {
    client.get("/v1/redex/secret-name");
    client.get("/v1/redex/secret-name");
    double before = count();
    assertTrue(before >= 2);
    client.get("/v1/redex/another");
    assertEquals(before + 1, count());
    assertFalse(metrics().contains("secret-name"));
    assertEquals(
        3, own.get("lichen.http.requests").tag("route", "/v1/redex/:file").counter().count());
  }

  @Test
  void shouldShowTheConnectionsOfTwoGatewaysWithOneRegistry() {
    try (Gateway second = Gateway.builder().registry(own).start();
        ApiClient asker = new ApiClient(second)) {
      client.get("/v1/info");
      asker.get("/v1/info");
      assertEquals(2, own.get("lichen.http.requests").tag("route", "/v1/info").counter().count());
      for (Gateway each : List.of(gateway, second)) {
        String server = "127.0.0.1:" + each.address().getPort();
        assertEquals(
            1, own.get("lichen.http.connections").tag("server", server).gauge().value(), server);
      }
    }
    assertEquals(1, own.get("lichen.http.connections").gauges().size(), "the open one's");
    assertEquals(1, own.get("lichen.sse.connections").gauges().size());
  }

  private double count() {
    return metrics()
        .lines()
        .filter(line -> line.startsWith("lichen_http_requests_total"))
        .filter(line -> line.contains("route=\"/v1/redex/:file\"") && line.contains("404"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
