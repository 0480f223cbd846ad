// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.config;

import io.lichen.core.json.JsonException;
import io.lichen.core.json.JsonReader;
import io.lichen.core.moss.MossConfig;
import io.lichen.core.moss.MossConfig.VeilRelay;
import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import io.lichen.transport.moss.Era;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a configuration with upstream's semantics (docs/wire/moss-mesh.md, "Configuration"). The
 * order of its errors follows the text, but a value that is out of bounds is found last.
 */
public final class MossConfigReader {
  private MossConfigReader() {}

  /** As upstream reads it: keys that nobody knows are ignored, but for those in our section. */
  public static MossConfig lenient(byte[] json) {
    return read(json, false);
  }

  /** Refuses keys that nobody knows and says which ones were probably meant. */
  public static MossConfig strict(byte[] json) {
    return read(json, true);
  }

  private static MossConfig read(byte[] json, boolean strict) {
    List<String> unknown = new ArrayList<>();
    ConfigSection root = read(json, unknown, strict);
    if (!strict) {
      unknown.removeIf(name -> !name.startsWith(ConfigKeys.OURS + "."));
    }
    if (!unknown.isEmpty()) {
      throw new MossException(
          MossError.CONFIG_INVALID, "configuration: unknown key: " + String.join(", ", unknown));
    }
    return toConfig(root);
  }

  private static ConfigSection read(byte[] json, List<String> unknown, boolean strict) {
    ConfigSection root = new ConfigSection("", ConfigKeys.ROOT);
    if (json.length > 0) {
      JsonReader reader = new JsonReader(json, 0, json.length);
      try {
        root.read(reader, unknown, strict);
        reader.end();
      } catch (JsonException e) {
        throw new MossException(
            MossError.CONFIG_INVALID,
            "configuration: " + e.getMessage() + " at byte " + e.offset());
      }
    }
    root.complete();
    BindInterface.check(root);
    return root;
  }

  private static MossConfig toConfig(ConfigSection root) {
    return new MossConfig(
        root.text("network_id"),
        root.texts("trackers"),
        root.number("announce_interval_sec"),
        root.number("listen_port"),
        root.number("max_peers"),
        root.texts("static_peers"),
        root.number("bootstrap_timeout_sec"),
        root.flag("lan_discovery_enabled"),
        root.number("lan_discovery_port"),
        root.number("lan_discovery_ms"),
        root.text("bind_interface"),
        gossipSub(root.section("gossipsub")),
        nat(root.section("nat")),
        security(root.section("security")),
        transport(root.section("transport")),
        root.number("obfs_pad_max"),
        root.flag("dht_enabled"),
        root.number("dht_port"),
        root.number("peer_cache_max"),
        root.number("peer_cache_ttl_sec"),
        root.text("peer_cache_path"),
        telemetry(root.section("telemetry")),
        veil(root.section("veil")),
        lichen(root.section("lichen")));
  }

  private static MossConfig.GossipSub gossipSub(ConfigSection section) {
    return new MossConfig.GossipSub(
        section.number("D"),
        section.number("D_lo"),
        section.number("D_high"),
        section.number("D_out"),
        section.number("D_lazy"),
        section.number("heartbeat_ms"));
  }

  private static MossConfig.Nat nat(ConfigSection section) {
    return new MossConfig.Nat(
        section.flag("upnp_enabled"),
        section.flag("natpmp_enabled"),
        section.flag("pcp_enabled"),
        section.number("supernode_min_uptime_sec"),
        section.number("relay_max_bandwidth_kbps"),
        section.number("relay_max_sessions"),
        section.number("relay_session_ttl_sec"),
        section.number("hole_punch_attempts"),
        section.flag("port_prediction_enabled"));
  }

  private static MossConfig.Security security(ConfigSection section) {
    return new MossConfig.Security(
        section.number("handshake_timeout_sec"),
        section.number("max_message_size_bytes"),
        section.number("rate_limit_burst"),
        section.number("rate_limit_sustained"));
  }

  private static MossConfig.Transport transport(ConfigSection section) {
    return new MossConfig.Transport(
        section.flag("high_throughput"),
        section.number("stream_buffer_size"),
        section.number("udp_buffer_size"));
  }

  private static MossConfig.Telemetry telemetry(ConfigSection section) {
    return new MossConfig.Telemetry(
        section.flag("enabled"),
        section.number("epoch_sec"),
        section.real("dp_epsilon"),
        section.number("bandwidth_cap_bytes"),
        section.number("degree_cap"),
        section.number("k_anon"));
  }

  private static MossConfig.Veil veil(ConfigSection section) {
    List<VeilRelay> relays =
        ((List<?>) section.get("relays")).stream().map(VeilRelay.class::cast).toList();
    return new MossConfig.Veil(
        section.flag("enabled"),
        section.text("role"),
        section.text("listen_addr"),
        section.text("cover_sni"),
        section.text("target_addr"),
        relays);
  }

  private static MossConfig.Lichen lichen(ConfigSection section) {
    return new MossConfig.Lichen(
        era(section),
        section.text("listen_host"),
        section.number("publish_wait_ms"),
        section.number("delivery_queue"),
        section.number("event_loop_threads"),
        section.number("max_pending_handshakes"),
        section.number("max_pending_handshakes_per_address"),
        section.texts("dht_bootstrap"),
        section.flag("dht_read_only"),
        section.texts("stun_servers"),
        section.number("nat_probe_ms"),
        directPeers(section),
        EngineKeys.read(section.section(EngineKeys.SECTION)));
  }

  private static List<MossConfig.DirectPeer> directPeers(ConfigSection section) {
    List<MossConfig.DirectPeer> peers = new ArrayList<>();
    for (String text : section.texts("direct_peers")) {
      try {
        peers.add(MossConfig.DirectPeer.parse(text));
      } catch (IllegalArgumentException e) {
        throw section.invalid("direct_peers", String.valueOf(e.getMessage()));
      }
    }
    return peers;
  }

  private static Era era(ConfigSection section) {
    String era = section.text("era");
    return switch (era) {
      case "A" -> Era.A;
      case "C" -> Era.C;
      default -> throw section.invalid("era", "expected \"A\" or \"C\", found \"" + era + '"');
    };
  }
}
