// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lichen.core.json.JsonException;
import io.lichen.core.json.JsonReader;
import io.lichen.core.net.NetConfig;
import io.lichen.core.net.NetError;
import io.lichen.core.net.NetException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a node's configuration out of upstream's JSON (docs/config.md, "Net nodes"), strictly: a
 * key that nobody knows is refused, and so is one that asks for what is not built.
 */
public final class NetConfigReader {
  private static final Set<String> NOT_BUILT =
      Set.of(
          "subnet",
          "subnet_policy",
          "subnet_authorities",
          "subnet_attachment",
          "subnet_control_channel",
          "subnet_exports");

  private final JsonReader reader;
  private NetConfig config = NetConfig.defaults();

  /** Longs by key; those that are not named stay as they are by default. */
  private final Map<String, Long> numbers = new HashMap<>();

  private NetConfigReader(byte[] json) {
    this.reader = new JsonReader(json, 0, json.length);
  }

  /**
   * Reads it over the defaults.
   *
   * @throws NetException {@link NetError#INVALID_JSON} or {@link NetError#MESH_INIT}
   */
  public static NetConfig read(String json) {
    NetConfigReader reader = new NetConfigReader(json.getBytes(UTF_8));
    try {
      reader.root();
      return reader.withNumbers();
    } catch (JsonException e) {
      throw invalid(e.getMessage() + " at byte " + e.offset());
    }
  }

  private void root() throws JsonException {
    reader.beginObject();
    while (reader.nextMember()) {
      String key = reader.nameText();
      switch (key) {
        case "bind_addr" -> config = config.withBindAddress(address(key, reader.readString()));
        case "psk_hex" -> config = config.withPsk(hex(key, reader.readString()));
        case "identity_seed_hex" -> config = config.withIdentitySeed(hex(key, reader.readString()));
        case "require_signed_capabilities" ->
            config = config.withRequireSignedCapabilities(reader.readBoolean());
        case "auto_direct_upgrade" -> config = config.withDirectUpgrade(reader.readBoolean());
        case "heartbeat_ms", "session_timeout_ms" -> readNumber(key, Integer.MAX_VALUE);
        // Read and without effect: receivers here are not sorted into shards, and tables are
        // cleaned as they are used.
        case "num_shards" -> readNumber(key, 65_535);
        case "capability_gc_interval_ms" -> readNumber(key, Integer.MAX_VALUE);
        case "reflex_override" -> reflexOverride(address(key, reader.readString()));
        case "try_port_mapping" -> portMapping(reader.readBoolean());
        case "lichen" -> ours();
        default -> refuse(key);
      }
    }
    reader.end();
  }

  private void ours() throws JsonException {
    reader.beginObject();
    while (reader.nextMember()) {
      String key = reader.nameText();
      switch (key) {
        case "handshake_timeout_ms",
            "handshake_attempts",
            "membership_timeout_ms",
            "stream_idle_ms",
            "max_peers",
            "max_streams_per_peer",
            "max_channels_per_peer",
            "socket_buffer_bytes" ->
            readNumber(key, Integer.MAX_VALUE);
        case "classify_nat" -> classifyNat(reader.readBoolean());
        case "port_prediction" -> portPrediction(reader.readBoolean());
        default -> refuse("lichen." + key);
      }
    }
  }

  private void reflexOverride(InetSocketAddress address) {
    NetConfig.Nat nat = config.nat();
    nat(address, nat.classify(), nat.portMapping(), nat.portPrediction());
  }

  private void classifyNat(boolean classify) {
    NetConfig.Nat nat = config.nat();
    nat(nat.reflexOverride(), classify, nat.portMapping(), nat.portPrediction());
  }

  private void portMapping(boolean wanted) {
    NetConfig.Nat nat = config.nat();
    nat(nat.reflexOverride(), nat.classify(), wanted, nat.portPrediction());
  }

  private void portPrediction(boolean wanted) {
    NetConfig.Nat nat = config.nat();
    nat(nat.reflexOverride(), nat.classify(), nat.portMapping(), wanted);
  }

  private void nat(
      @Nullable InetSocketAddress reflexOverride,
      boolean classify,
      boolean portMapping,
      boolean portPrediction) {
    config =
        config.withNat(new NetConfig.Nat(reflexOverride, classify, portMapping, portPrediction));
  }

  private void refuse(String key) {
    throw invalid(
        NOT_BUILT.contains(key) ? key + " is not built; leave it out" : "unknown key: " + key);
  }

  private void readNumber(String key, long max) throws JsonException {
    long value = reader.readLong();
    if (value < 1 || value > max) {
      throw invalid(key + " is " + value + ", must be in 1.." + max);
    }
    numbers.put(key, value);
  }

  private NetConfig withNumbers() {
    NetConfig.Timers timers = config.timers();
    NetConfig.Limits limits = config.limits();
    return config
        .withTimers(
            new NetConfig.Timers(
                duration("heartbeat_ms", timers.heartbeat()),
                duration("session_timeout_ms", timers.sessionTimeout()),
                duration("handshake_timeout_ms", timers.handshakeTimeout()),
                number("handshake_attempts", timers.handshakeAttempts()),
                duration("membership_timeout_ms", timers.membershipTimeout()),
                duration("stream_idle_ms", timers.streamIdle())))
        .withLimits(
            new NetConfig.Limits(
                number("max_peers", limits.peers()),
                number("max_streams_per_peer", limits.streamsPerPeer()),
                number("max_channels_per_peer", limits.channelsPerPeer()),
                number("socket_buffer_bytes", limits.socketBufferBytes())));
  }

  private Duration duration(String key, Duration otherwise) {
    return Duration.ofMillis(numbers.getOrDefault(key, otherwise.toMillis()));
  }

  private int number(String key, int otherwise) {
    return numbers.getOrDefault(key, (long) otherwise).intValue();
  }

  /** An address and port; names are not looked up. */
  private static InetSocketAddress address(String key, String text) {
    int colon = text.lastIndexOf(':');
    try {
      String host = text.substring(0, colon);
      int port = Integer.parseInt(text.substring(colon + 1));
      return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new NetException(NetError.MESH_INIT, key + " is \"" + text + "\", must be IP:PORT", e);
    }
  }

  private static byte[] hex(String key, String text) {
    try {
      return HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException e) {
      throw new NetException(NetError.MESH_INIT, key + " is not hexadecimal", e);
    }
  }

  private static NetException invalid(String what) {
    return new NetException(NetError.INVALID_JSON, "configuration: " + what);
  }
}
