// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.json.Fuzz;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventBusConfigTest {
  private static final String KEY = "ab".repeat(32);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "7",
        "null",
        "{\"unknown\":1}",
        "{\"num_shards\":\"4\"}",
        "{\"num_shards\":-1}",
        "{\"num_shards\":4.0}",
        "{\"ring_buffer_capacity\":true}",
        "{\"batch\":{\"min_size\":0}}",
        "{\"redis\":{\"prefix\":\"no url\"}}",
        "{\"redis\":7}",
        "{\"jetstream\":{\"url\":5}}",
        "{\"backpressure_mode\":\"drop_oldest\"}"
      })
  void shouldIgnoreWhatTheNativeIgnores(String json) {
    assertEquals(EventBusConfig.defaults(), EventBusConfig.parse(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "{} {}",
        "{\"num_shards\":0}",
        "{\"num_shards\":65536}",
        "{\"num_shards\":18446744073709551615}",
        "{\"ring_buffer_capacity\":1000}",
        "{\"ring_buffer_capacity\":512}",
        "{\"ring_buffer_capacity\":0}",
        "{\"backpressure_mode\":\"DropOldset\"}",
        "{\"backpressure_mode\":\"FailProduce\"}",
        "{\"backpressure_mode\":\"Sample\"}",
        "{\"backpressure_mode\":null}",
        "{\"backpressure_mode\":5}",
        "{\"backpressure_mode\":{\"Sample\":{}}}",
        "{\"backpressure_mode\":{\"Sample\":{\"rate\":0}}}",
        "{\"backpressure_mode\":{\"Sample\":{\"rate\":4294967296}}}",
        "{\"redis\":{\"url\":\"\"}}",
        "{\"redis\":{\"url\":\"redis://x\",\"pipeline_size\":0}}",
        "{\"jetstream\":{\"url\":\"\"}}",
        "{\"jetstream\":{\"url\":\"x\",\"max_messages\":-1}}",
        "{\"jetstream\":{\"url\":\"x\",\"replicas\":0}}",
        "{\"net\":{}}",
        "{\"net\":7}",
        "{\"lichen\":{\"unknown\":1}}",
        "{\"lichen\":7}",
        "{\"lichen\":{\"adapter\":\"redis\"}}",
        "{\"lichen\":{\"adapter\":5}}",
        "{\"lichen\":{\"retention_max_events\":0}}",
        "{\"lichen\":{\"retention_max_bytes\":0}}",
        "{\"lichen\":{\"retention_max_age_ms\":0}}",
        "{\"lichen\":{\"batch\":{\"min_size\":0}}}",
        "{\"lichen\":{\"batch\":{\"max_size\":999}}}",
        "{\"lichen\":{\"batch\":{\"max_size\":1000001}}}",
        "{\"lichen\":{\"batch\":{\"max_delay_ms\":0}}}",
        "{\"lichen\":{\"batch\":{\"velocity_window_ms\":0}}}",
        "{\"lichen\":{\"adapter_timeout_ms\":0}}",
        "{\"lichen\":{\"adapter_batch_retries\":-1}}"
      })
  void shouldRefuseWhatTheNativeRefusesAndWhatOurOwnKeysCannotMean(String json) {
    assertRefused(() -> EventBusConfig.parse(json));
  }

  @Test
  void shouldReadUpstreamsKeys() {
    EventBusConfig config =
        EventBusConfig.parse(
            """
            {"num_shards":65535,"ring_buffer_capacity":1024,
             "backpressure_mode":{"sample":{"rate":4294967295}},
             "redis":{"url":"redis://h","max_stream_len":5},
             "jetstream":{"url":"nats://h","prefix":"p","max_messages":0,"replicas":3}}
            """);

    assertEquals(65_535, config.shards());
    assertEquals(1024, config.ringCapacity());
    assertEquals(Backpressure.sample(4_294_967_295L), config.backpressure());
    assertEquals(
        new AdapterConfig.JetStream("nats://h", "p", 0L, 3),
        config.adapter(),
        "the last of several adapters");
    assertEquals(
        new AdapterConfig.Redis("redis://h", "net", null, 1000),
        EventBusConfig.parse("{\"redis\":{\"url\":\"redis://h\"}}").adapter());
  }

  @Test
  void shouldReadOurOwnKeys() {
    EventBusConfig config =
        EventBusConfig.parseStrict(
            """
            {"lichen":{"retention_max_events":5,"retention_max_age_ms":1000,
             "batch":{"min_size":2,"max_size":3,"max_delay_ms":4,"adaptive":false},
             "adapter_timeout_ms":50,"adapter_batch_retries":6,"producer_nonce_path":"n"}}
            """);

    assertEquals(
        new AdapterConfig.Memory(new Retention(5L, null, Duration.ofSeconds(1))), config.adapter());
    assertEquals(
        new Batching(2, 3, Duration.ofMillis(4), false, Duration.ofMillis(100)), config.batching());
    assertEquals(Duration.ofMillis(50), config.adapterTimeout());
    assertEquals(6, config.adapterRetries());
    assertEquals(Path.of("n"), config.producerNonceFile());
    assertEquals(
        new AdapterConfig.None(),
        EventBusConfig.parse("{\"lichen\":{\"adapter\":\"none\"}}").adapter());
  }

  @Test
  void shouldReadPeersOfEitherRole() {
    assertInstanceOf(AdapterConfig.Peer.class, EventBusConfig.parse(peer("")).adapter());
    assertInstanceOf(
        AdapterConfig.Peer.class,
        EventBusConfig.parse(
                peer(
                    ",\"role\":\"responder\",\"secret_key\":\"%s\",\"public_key\":\"%s\""
                        .formatted(KEY, KEY)))
            .adapter());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",\"role\":\"listener\"",
        ",\"role\":\"responder\"",
        ",\"heartbeat_interval_ms\":0",
        ",\"session_timeout_ms\":0",
        ",\"psk\":\"abc\"",
        ",\"bind_addr\":\"localhost:1\"",
        ",\"bind_addr\":\"1.2.3.4\"",
        ",\"bind_addr\":\"1.2.3.4:65536\"",
        ",\"bind_addr\":\"1.2.3.400:1\"",
        ",\"peer_addr\":\"[::zz]:1\"",
        ",\"peer_addr\":7"
      })
  void shouldRefusePeersThatTheNativeRefuses(String more) {
    EventBusException e = assertRefused(() -> EventBusConfig.parse(peer(more)));
    assertTrue(!String.valueOf(e.getMessage()).contains(KEY), "keys are secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"unknown\":1}",
        "{\"num_shards\":\"4\"}",
        "{\"batch\":{}}",
        "{\"redis\":7}",
        "{\"redis\":{\"url\":\"x\",\"prefx\":\"y\"}}",
        "{\"jetstream\":{\"url\":\"x\",\"replicas\":\"2\"}}"
      })
  void shouldRefuseStrictlyWhatWouldNotCount(String json) {
    assertRefused(() -> EventBusConfig.parseStrict(json));
  }

  @Test
  void shouldNameTheKeyAndWhatWouldHaveBeenRight() {
    EventBusException e =
        assertRefused(() -> EventBusConfig.parseStrict("{\"redis\":{\"url\":\"x\",\"a\":1}}"));

    assertEquals("configuration: unknown key: redis.a", e.getMessage());
  }

  @Test
  void shouldBearDurationsBeyondAllClocks() {
    EventBusConfig config =
        EventBusConfig.parse(
            "{\"lichen\":{\"adapter_timeout_ms\":9223372036854775807,"
                + "\"retention_max_age_ms\":9223372036854775807,"
                + "\"batch\":{\"velocity_window_ms\":9223372036854775807}}}");
    try (EventBus bus = EventBus.open(config.withShards(1))) {
      bus.ingestRaw("1");
      bus.flush();
      assertEquals(1, bus.poll(PollRequest.of(1)).events().size());
    }
  }

  @Test
  void shouldRefuseWhateverElseInOneWay() {
    String all =
        """
        {"num_shards":4,"ring_buffer_capacity":1024,"backpressure_mode":{"Sample":{"rate":3}},
         "redis":{"url":"redis://h","prefix":"p"},"jetstream":{"url":"nats://h","replicas":2},
         "lichen":{"adapter_timeout_ms":5,"batch":{"velocity_window_ms":7}}}\
        """;
    Fuzz.runText(EventBusException.class, EventBusConfig::parse, all, peer(""));
    Fuzz.runText(EventBusException.class, EventBusConfig::parseStrict, all, peer(""));
  }

  /** A peer's section; of members with one name the last one counts. */
  private static String peer(String more) {
    return """
        {"net":{"bind_addr":"127.0.0.1:9","peer_addr":"[::1]:10","psk":"%s",
         "peer_public_key":"%s","reliability":"whatever","batched_io":true%s}}
        """
        .formatted(KEY, KEY, more);
  }

  private static EventBusException assertRefused(Runnable call) {
    EventBusException e = assertThrows(EventBusException.class, call::run);
    assertEquals(-3, e.error().code());
    return e;
  }
}
