// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.config;

import static io.lichen.core.moss.config.ConfigKey.flag;
import static io.lichen.core.moss.config.ConfigKey.integer;
import static io.lichen.core.moss.config.ConfigKey.key;
import static io.lichen.core.moss.config.ConfigKey.positive;
import static io.lichen.core.moss.config.ConfigKey.section;
import static io.lichen.core.moss.config.ConfigKey.text;

import io.lichen.core.moss.config.ConfigKey.Bound;
import io.lichen.core.moss.config.ConfigKey.Kind;
import java.util.List;

/** All keys of the configuration with their defaults (docs/config.md). */
final class ConfigKeys {
  /** The key whose presence, exactly so spelled, lets an empty list stand. */
  static final String TRACKERS = "trackers";

  /** The section that upstream does not have, and in which no unknown name is let pass. */
  static final String OURS = "lichen";

  private static final List<String> DEFAULT_TRACKERS =
      List.of(
          "udp://tracker.opentrackr.org:1337/announce",
          "udp://open.demonii.com:1337/announce",
          "udp://tracker.torrent.eu.org:451/announce",
          "udp://open.stealth.si:80/announce",
          "udp://tracker.qu.ax:6969/announce",
          "udp://open.demonoid.ch:6969/announce",
          "udp://tracker-udp.gbitt.info:80/announce",
          "udp://tracker.dler.org:6969/announce",
          "udp://exodus.desync.com:6969/announce",
          "udp://tracker.openbittorrent.com:6969/announce",
          "udp://retracker.hotplug.ru:2710/announce",
          "udp://tracker.playground.ru:6969/announce",
          "udp://retracker01-msk-virt.corbina.net:80/announce",
          "http://retracker.hotplug.ru:2710/announce",
          "http://tracker.openbittorrent.com:80/announce");

  private static final List<String> DEFAULT_DHT_BOOTSTRAP =
      List.of(
          "router.utorrent.com:6881",
          "router.bittorrent.com:6881",
          "dht.transmissionbt.com:6881",
          "dht.aelitis.com:6881",
          "dht.libtorrent.org:25401",
          "dht.anacrolix.link:42069",
          "router.bittorrent.cloud:42069");

  /** The whole configuration, as a section without a name. */
  static final ConfigKey ROOT =
      section(
          "",
          key("network_id", Kind.TEXT, "moss/1", Bound.ELSE_DEFAULT),
          key(TRACKERS, Kind.TEXTS, DEFAULT_TRACKERS, Bound.NONE),
          positive("announce_interval_sec", 120),
          integer("listen_port", 0),
          positive("max_peers", 200),
          key("static_peers", Kind.TEXTS, List.of(), Bound.NONE),
          positive("bootstrap_timeout_sec", 3),
          flag("lan_discovery_enabled", true),
          positive("lan_discovery_port", 44_445),
          positive("lan_discovery_ms", 1500),
          text("bind_interface", ""),
          gossipSub(),
          nat(),
          security(),
          section(
              "transport",
              flag("high_throughput", false),
              integer("stream_buffer_size", 0),
              integer("udp_buffer_size", 0)),
          integer("obfs_pad_max", 256),
          flag("dht_enabled", true),
          integer("dht_port", 0),
          integer("peer_cache_max", 256),
          integer("peer_cache_ttl_sec", 604_800),
          text("peer_cache_path", ""),
          telemetry(),
          veil(),
          key("axiom_token", Kind.IGNORED, "", Bound.NONE),
          key("axiom_dataset", Kind.IGNORED, "", Bound.NONE),
          key("axiom_endpoint", Kind.IGNORED, "", Bound.NONE),
          key("axiom_service", Kind.IGNORED, "", Bound.NONE),
          lichen());

  private ConfigKeys() {}

  private static ConfigKey gossipSub() {
    return section(
        "gossipsub",
        positive("D", 6),
        positive("D_lo", 4),
        positive("D_high", 12),
        positive("D_out", 2),
        positive("D_lazy", 6),
        positive("heartbeat_ms", 1000));
  }

  private static ConfigKey nat() {
    return section(
        "nat",
        flag("upnp_enabled", false),
        flag("natpmp_enabled", false),
        flag("pcp_enabled", false),
        positive("supernode_min_uptime_sec", 300),
        positive("relay_max_bandwidth_kbps", 256),
        positive("relay_max_sessions", 50),
        positive("relay_session_ttl_sec", 1800),
        positive("hole_punch_attempts", 3),
        flag("port_prediction_enabled", true));
  }

  private static ConfigKey security() {
    return section(
        "security",
        positive("handshake_timeout_sec", 5),
        positive("max_message_size_bytes", 65_536),
        positive("rate_limit_burst", 256_000),
        positive("rate_limit_sustained", 64_000));
  }

  private static ConfigKey telemetry() {
    return section(
        "telemetry",
        flag("enabled", true),
        integer("epoch_sec", 0),
        key("dp_epsilon", Kind.NUMBER, 0.0, Bound.NONE),
        key("bandwidth_cap_bytes", Kind.UNSIGNED, 0L, Bound.NONE),
        integer("degree_cap", 0),
        integer("k_anon", 0));
  }

  private static ConfigKey veil() {
    return section(
        "veil",
        flag("enabled", false),
        text("role", ""),
        text("listen_addr", ""),
        text("cover_sni", ""),
        text("target_addr", ""),
        key("relays", Kind.RELAYS, List.of(), Bound.NONE));
  }

  private static ConfigKey lichen() {
    return section(
        OURS,
        text("era", "C"),
        text("listen_host", ""),
        integer("publish_wait_ms", 5000, Bound.AT_LEAST_0),
        integer("delivery_queue", 4096, Bound.AT_LEAST_1),
        integer("event_loop_threads", 0, Bound.AT_LEAST_0),
        integer("max_pending_handshakes", 256, Bound.AT_LEAST_1),
        integer("max_pending_handshakes_per_address", 32, Bound.AT_LEAST_1),
        key("dht_bootstrap", Kind.TEXTS, DEFAULT_DHT_BOOTSTRAP, Bound.NONE),
        flag("dht_read_only", false),
        key("stun_servers", Kind.TEXTS, List.of(), Bound.NONE),
        integer("nat_probe_ms", 120_000, Bound.AT_LEAST_1),
        key("direct_peers", Kind.TEXTS, List.of(), Bound.NONE),
        EngineKeys.section());
  }
}
