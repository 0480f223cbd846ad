// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.redex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lichen.redex.Durability;
import io.lichen.redex.RedexConfig;
import io.lichen.redex.Retention;
import io.lichen.redex.replica.AckPolicy;
import io.lichen.redex.replica.BandwidthClass;
import io.lichen.redex.replica.ReplicationConfig;
import io.lichen.redex.replica.ReplicationConfig.Placement;
import io.lichen.redex.replica.ReplicationConfig.UnderCapacity;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogConfigTest {
  @Test
  void shouldHaveUpstreamsDefaults() {
    assertEquals(LogConfig.defaults(), LogConfig.parse("{}"));
    assertEquals(RedexConfig.inMemory(), LogConfig.defaults().log());
  }

  @Test
  void shouldReadEveryKey() {
    String json =
        """
        {"persistent": true, "fsync_every_n": 5, "retention_max_events": 6,
         "retention_max_bytes": 7, "retention_max_age_ms": 8, "no_such_key": [{"a": 1}, 1.5]}
        """;
    assertEquals(
        new RedexConfig(
            true, new Durability.EveryN(5), new Retention(6L, 7L, Duration.ofMillis(8), null)),
        LogConfig.parse(json).log());
    assertEquals(
        new Durability.Interval(Duration.ofMillis(9)),
        LogConfig.parse("{\"fsync_interval_ms\":9}").log().durability());
  }

  @Test
  void shouldTakeWhatIsNeverReachedForNoLimit() {
    String most = "18446744073709551615";
    Retention retention =
        LogConfig.parse(
                "{\"retention_max_events\":%s,\"retention_max_age_ms\":%s}".formatted(most, most))
            .log()
            .retention();
    assertEquals(Long.MAX_VALUE, retention.maxRecords());
    assertEquals(Duration.ofMillis(Long.MAX_VALUE / 1_000_000), retention.maxAge());
    assertEquals(
        new Durability.Interval(Duration.ofMillis(Long.MAX_VALUE / 1_000_000)),
        LogConfig.parse("{\"fsync_interval_ms\":%s}".formatted(most)).log().durability());
  }

  @Test
  void shouldReadHowALogIsReplicated() {
    ReplicationConfig all =
        replication(
            """
            {"factor": 5, "heartbeat_ms": 100, "placement": "pinned", "leader_pinned": 2,
             "pinned_nodes": [18446744073709551615, 2], "on_under_capacity": "evict-oldest",
             "replication_budget_fraction": 1, "bogus": {}, "lichen": {"ack": "majority"}}
            """);
    assertEquals(
        new ReplicationConfig(
            5,
            100,
            Placement.PINNED,
            List.of(-1L, 2L),
            2L,
            UnderCapacity.EVICT_OLDEST,
            1f,
            BandwidthClass.FOREGROUND,
            0.3f,
            AckPolicy.MAJORITY),
        all);
    assertEquals(
        ReplicationConfig.defaults(), replication("{\"factor\":null,\"pinned_nodes\":null}"));
    assertNull(LogConfig.parse("{\"replication\":null}").replication());
    assertEquals(
        Placement.COLOCATION_STRICT,
        replication("{\"placement\":\"colocation_strict\"}").placement());
  }

  private static ReplicationConfig replication(String json) {
    return Objects.requireNonNull(LogConfig.parse("{\"replication\":" + json + "}").replication());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{} x",
        "{\"persistent\":null}",
        "{\"persistent\":1}",
        "{\"fsync_every_n\":0,\"fsync_every_n\":1}",
        "{\"fsync_every_n\":null,\"fsync_every_n\":null}",
        "{\"fsync_every_n\":0,\"persistent\":0}",
        "{\"fsync_every_n\":-1}",
        "{\"fsync_every_n\":1.0}",
        "{\"fsync_every_n\":1e3}",
        "{\"retention_max_age_ms\":18446744073709551616}",
        "{\"replication\":[]}",
        "{\"replication\":{},\"replication\":{}}",
        "{\"replication\":{\"factor\":256}}",
        "{\"replication\":{\"factor\":1,\"factor\":1}}",
        "{\"replication\":{\"factor\":0,\"heartbeat_ms\":1.5}}",
        "{\"replication\":{\"pinned_nodes\":[null]}}",
        "{\"replication\":{\"placement\":1}}",
        "{\"replication\":{\"placement\":\"\\ud800\"}}",
        "{\"replication\":{\"replication_budget_fraction\":\"0.5\"}}",
        "{\"replication\":{\"lichen\":{\"acks\":\"leader\"}}}"
      })
  void shouldRefuseWhatIsNotTheJsonItShouldBe(String json) {
    refused(RedexCode.INVALID_JSON, json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"fsync_every_n\":0}",
        "{\"fsync_interval_ms\":0}",
        "{\"fsync_every_n\":1,\"fsync_interval_ms\":1}",
        "{\"retention_max_events\":0}",
        "{\"retention_max_bytes\":0}",
        "{\"retention_max_age_ms\":0}",
        "{\"replication\":{\"factor\":0}}",
        "{\"replication\":{\"factor\":17}}",
        "{\"replication\":{\"heartbeat_ms\":99}}",
        "{\"replication\":{\"heartbeat_ms\":18446744073709551615}}",
        "{\"replication\":{\"placement\":\"pinned\"}}",
        "{\"replication\":{\"placement\":\"Pinned\",\"pinned_nodes\":[1]}}",
        "{\"replication\":{\"on_under_capacity\":\"Withdraw\"}}",
        "{\"replication\":{\"replication_budget_fraction\":1e-60}}",
        "{\"replication\":{\"lichen\":{\"ack\":\"all\"}}}"
      })
  void shouldRefuseValuesThatCannotBe(String json) {
    refused(RedexCode.REDEX, json);
  }

  private static void refused(RedexCode code, String json) {
    assertEquals(
        code, RedexCode.of(assertThrows(RuntimeException.class, () -> LogConfig.parse(json))));
  }
}
