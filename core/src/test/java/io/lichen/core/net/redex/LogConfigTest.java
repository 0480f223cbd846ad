// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.redex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lichen.redex.Durability;
import io.lichen.redex.RedexConfig;
import io.lichen.redex.Retention;
import java.time.Duration;
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
        "{\"retention_max_age_ms\":18446744073709551616}"
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
        "{\"retention_max_age_ms\":0}"
      })
  void shouldRefuseValuesThatCannotBe(String json) {
    refused(RedexCode.REDEX, json);
  }

  private static void refused(RedexCode code, String json) {
    assertEquals(
        code, RedexCode.of(assertThrows(RuntimeException.class, () -> LogConfig.parse(json))));
  }
}
