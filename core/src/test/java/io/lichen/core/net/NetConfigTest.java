// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.docs.ConfigPage;
import io.lichen.core.json.Fuzz;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetConfigTest {
  private static final String KEY = "42".repeat(32);

  /** Every key; the pre-shared key and the seed are yet to be filled in. */
  private static final String FULL =
      """
    {"bind_addr":"[::1]:4710","psk_hex":"%s","identity_seed_hex":"%s","heartbeat_ms":250,
     "session_timeout_ms":900,"num_shards":4,"capability_gc_interval_ms":60000,
     "require_signed_capabilities":false,"auto_direct_upgrade":false,
     "reflex_override":"203.0.113.9:40123","try_port_mapping":true,
     "lichen":{"classify_nat":true,"port_prediction":false,"handshake_timeout_ms":700,"handshake_attempts":2,"max_peers":9,
               "membership_timeout_ms":800,"stream_idle_ms":600,"max_streams_per_peer":8,
               "max_channels_per_peer":7,"socket_buffer_bytes":65536}}\
    """;

  @Test
  void shouldHaveUpstreamsDefaults() {
    NetConfig config = NetConfig.defaults();
    assertEquals(Duration.ofSeconds(5), config.timers().heartbeat());
    assertEquals(Duration.ofSeconds(30), config.timers().sessionTimeout());
    assertEquals(Duration.ofSeconds(5), config.timers().handshakeTimeout());
    assertEquals(3, config.timers().handshakeAttempts());
    assertEquals(Duration.ofSeconds(5), config.timers().membershipTimeout());
    assertEquals(Duration.ofMinutes(5), config.timers().streamIdle());
    assertEquals(4096, config.limits().streamsPerPeer());
    assertEquals(1024, config.limits().channelsPerPeer());
    assertTrue(config.requireSignedCapabilities());
    assertTrue(config.directUpgrade());
    assertEquals(NetConfig.Nat.NOTHING, config.nat());
    assertTrue(config.nat().portPrediction());
    assertNull(config.psk());
    assertEquals(config.timers(), NetConfig.parse("{}").timers());
    assertEquals(config.limits(), NetConfig.parse("{}").limits());
  }

  @Test
  void shouldReadUpstreamsKeysAndOurs() {
    NetConfig config = NetConfig.parse(FULL.formatted(KEY, "07".repeat(32)));
    assertEquals(new InetSocketAddress(InetAddress.ofLiteral("::1"), 4710), config.bindAddress());
    assertArrayEquals(HexFormat.of().parseHex(KEY), config.psk());
    assertArrayEquals(HexFormat.of().parseHex("07".repeat(32)), config.identitySeed());
    assertFalse(config.requireSignedCapabilities());
    assertFalse(config.directUpgrade());
    assertEquals(
        new NetConfig.Timers(
            Duration.ofMillis(250),
            Duration.ofMillis(900),
            Duration.ofMillis(700),
            2,
            Duration.ofMillis(800),
            Duration.ofMillis(600)),
        config.timers());
    assertEquals(new NetConfig.Limits(9, 8, 7, 65536), config.limits());
    InetSocketAddress seen = new InetSocketAddress(InetAddress.ofLiteral("203.0.113.9"), 40_123);
    assertEquals(new NetConfig.Nat(seen, true, true, false), config.nat());
  }

  /** The hardening rule of strict configurations: no value stands for another in silence. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"heartbeat_ms\":0}",
        "{\"heartbeat_ms\":-1}",
        "{\"heartbeat_ms\":1.5}",
        "{\"heartbeat_ms\":\"5\"}",
        "{\"session_timeout_ms\":0}",
        "{\"num_shards\":0}",
        "{\"num_shards\":65536}",
        "{\"heartbeat\":5}",
        "{\"subnet\":[1]}",
        "{\"lichen\":{\"max_peers\":0}}",
        "{\"lichen\":{\"peers\":1}}",
        "{} {}"
      })
  void shouldRefuseWhatIsOutOfRangeOrUnknown(String json) {
    assertEquals(NetError.INVALID_JSON, refused(json));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          {"bind_addr":"localhost:1"}
          {"bind_addr":"127.0.0.1"}
          {"bind_addr":"127.0.0.1:65536"}
          {"reflex_override":"somewhere:7"}
          {"psk_hex":"4242"}
          {"psk_hex":"xyz"}
          {"identity_seed_hex":"00"}
          """)
  void shouldRefuseAddressesAndKeysThatAreNone(String json) {
    assertEquals(NetError.MESH_INIT, refused(json));
  }

  @Test
  void shouldKeepKeysOutOfItsTextAndToItself() {
    byte[] key = HexFormat.of().parseHex(KEY);
    NetConfig config = NetConfig.defaults().withPsk(key);
    key[0] = 0;
    assertArrayEquals(HexFormat.of().parseHex(KEY), config.psk());
    assertFalse(config.toString().contains("42, 42") || config.toString().contains("4242"));
  }

  @Test
  void shouldRefuseWhateverElseInOneWay() {
    Fuzz.runText(NetException.class, NetConfig::parse, FULL.formatted(KEY, "07".repeat(32)));
  }

  private static NetError refused(String json) {
    return assertThrows(NetException.class, () -> NetConfig.parse(json), json).error();
  }

  @Test
  void shouldKnowEveryKeyThatIsDocumented() throws IOException {
    List<Pattern> documented = ConfigPage.keys("Net nodes"::equals);
    assertEquals(21, documented.size());
    for (Pattern pattern : documented) {
      String key = pattern.pattern().replace("\\Q", "").replace("\\E", "");
      String member = "\"" + key.replace("lichen.", "") + "\":[]";
      String json =
          key.startsWith("lichen.") ? "{\"lichen\":{" + member + "}}" : "{" + member + "}";
      NetException e = assertThrows(NetException.class, () -> NetConfig.parse(json));
      assertFalse(e.toString().contains("unknown key"), e::toString);
    }
  }
}
