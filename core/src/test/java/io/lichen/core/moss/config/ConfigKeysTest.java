// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.docs.ConfigPage;
import io.lichen.core.moss.MossConfig;
import io.lichen.core.moss.MossException;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every key there is: that it does something, that its case does not matter, and docs/config.md.
 */
final class ConfigKeysTest {
  private static final String ID = "0123456789abcdef".repeat(4);

  /** The keys that upstream reads, as docs/wire/moss-mesh.md lists them under "Configuration". */
  private static final List<String> UPSTREAMS =
      List.of(
          ("network_id trackers announce_interval_sec listen_port max_peers static_peers"
                  + " bootstrap_timeout_sec lan_discovery_enabled lan_discovery_port"
                  + " lan_discovery_ms bind_interface gossipsub.D gossipsub.D_lo gossipsub.D_high"
                  + " gossipsub.D_out gossipsub.D_lazy gossipsub.heartbeat_ms nat.upnp_enabled"
                  + " nat.natpmp_enabled nat.pcp_enabled nat.supernode_min_uptime_sec"
                  + " nat.relay_max_bandwidth_kbps nat.relay_max_sessions"
                  + " nat.relay_session_ttl_sec nat.hole_punch_attempts nat.port_prediction_enabled"
                  + " security.handshake_timeout_sec security.max_message_size_bytes"
                  + " security.rate_limit_burst security.rate_limit_sustained"
                  + " transport.high_throughput transport.stream_buffer_size"
                  + " transport.udp_buffer_size obfs_pad_max dht_enabled dht_port peer_cache_max"
                  + " peer_cache_ttl_sec peer_cache_path telemetry.enabled telemetry.epoch_sec"
                  + " telemetry.dp_epsilon telemetry.bandwidth_cap_bytes telemetry.degree_cap"
                  + " telemetry.k_anon veil.enabled veil.role veil.listen_addr veil.cover_sni"
                  + " veil.target_addr veil.relays axiom_token axiom_dataset axiom_endpoint"
                  + " axiom_service")
              .split(" "));

  private static Map<String, ConfigKey> keys() {
    Map<String, ConfigKey> keys = new LinkedHashMap<>();
    collect("", ConfigKeys.ROOT, keys);
    return keys;
  }

  private static void collect(String path, ConfigKey section, Map<String, ConfigKey> into) {
    for (ConfigKey key : section.keys()) {
      if (key.kind() == ConfigKey.Kind.SECTION) {
        collect(path + key.name() + ".", key, into);
      } else {
        into.put(path + key.name(), key);
      }
    }
  }

  private static Stream<String> names() {
    return keys().keySet().stream();
  }

  static Stream<Arguments> all() {
    return keys().entrySet().stream().map(key -> Arguments.of(key.getKey(), key.getValue()));
  }

  @Test
  void shouldHaveAllOfUpstreamsKeysAndNoOthersOutsideOurSection() {
    List<String> outside = names().filter(name -> !name.startsWith("lichen.")).sorted().toList();
    assertEquals(UPSTREAMS.stream().sorted().toList(), outside);
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldTakeEffect(String name, ConfigKey key) throws SocketException {
    List<String> values = values(name, key);
    if (values.isEmpty()) {
      return;
    }
    List<MossException> refused = new ArrayList<>();
    for (String value : values) {
      try {
        MossConfig changed = MossConfig.parse(json(name, value));
        if (key.kind() == ConfigKey.Kind.IGNORED) {
          assertEquals(MossConfig.defaults(), changed);
        } else {
          assertNotEquals(MossConfig.defaults(), changed, name + " changes nothing");
          assertEquals(changed, MossConfig.parse(json(name.toUpperCase(Locale.ROOT), value)));
          assertEquals(changed, MossConfig.parseStrict(json(name, value)));
        }
        return;
      } catch (MossException e) {
        refused.add(e);
      }
    }
    throw new AssertionError(name + " takes no other value: " + refused);
  }

  /** Values other than the default, of which one at least is in range. */
  private static List<String> values(String name, ConfigKey key) throws SocketException {
    return switch (key.kind()) {
      case INTEGER, UNSIGNED -> {
        long initial = (Long) key.initial();
        yield List.of(Long.toString(initial + 1), Long.toString(initial - 1));
      }
      case NUMBER -> {
        double initial = (Double) key.initial();
        yield List.of(Double.toString(initial / 2 + (initial == 0 ? 1 : 0)));
      }
      case FLAG -> List.of(Boolean.toString(!((Boolean) key.initial())));
      case TEXT ->
          switch (name) {
            case "lichen.era" -> List.of("\"A\"");
            case "bind_interface" -> usableInterface();
            default -> List.of("\"x\"");
          };
      case TEXTS -> List.of(name.equals("lichen.direct_peers") ? "[\"" + ID + "\"]" : "[\"x\"]");
      case RELAYS -> List.of("[{\"addr\":\"x\"}]");
      case SECTION -> throw new AssertionError(name);
      case IGNORED -> List.of("7");
    };
  }

  private static List<String> usableInterface() throws SocketException {
    for (NetworkInterface candidate : NetworkInterface.networkInterfaces().toList()) {
      if (candidate.isUp() && !candidate.isLoopback()) {
        return List.of('"' + candidate.getName() + '"');
      }
    }
    return List.of();
  }

  private static String json(String name, String value) {
    int dot = name.indexOf('.');
    return dot < 0
        ? "{\"" + name + "\":" + value + '}'
        : "{\"" + name.substring(0, dot) + "\":" + json(name.substring(dot + 1), value) + '}';
  }

  @Test
  void shouldAllBeDocumentedAndNothingElse() throws IOException {
    List<String> names = names().toList();
    List<Pattern> documented =
        ConfigPage.keys(heading -> heading.startsWith("Upstream's") || heading.startsWith("Our"));
    for (String name : names) {
      assertTrue(
          documented.stream().anyMatch(d -> d.matcher(name).matches()),
          name + " is not documented");
    }
    for (Pattern pattern : documented) {
      assertTrue(
          names.stream().anyMatch(name -> pattern.matcher(name).matches()), "no key: " + pattern);
    }
  }
}
