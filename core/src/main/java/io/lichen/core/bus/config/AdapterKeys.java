// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.config;

import io.lichen.core.bus.AdapterConfig;
import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys of the natives' adapters: all are checked, though no adapter is built for them yet. */
final class AdapterKeys {
  private static final Pattern ADDRESS =
      Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,3}){3}|\\[[0-9a-fA-F:.]+]):([0-9]{1,5})");
  private static final Pattern KEY = Pattern.compile("[0-9a-fA-F]{64}");
  private static final int MAX_PORT = 0xffff;

  private AdapterKeys() {}

  static @Nullable AdapterConfig read(Section root) {
    AdapterConfig redis = redis(root.section("redis"));
    AdapterConfig jetStream = jetStream(root.section("jetstream"));
    AdapterConfig peer = peer(root.section("net"));
    return peer != null ? peer : jetStream != null ? jetStream : redis;
  }

  private static @Nullable AdapterConfig redis(@Nullable Section section) {
    String url = section == null ? null : section.text("url");
    if (section == null || url == null) {
      return null;
    }
    String prefix = section.text("prefix");
    Long maxStreamLen = section.unsigned("max_stream_len");
    Long pipelineSize = section.unsigned("pipeline_size");
    section.end();
    requireText(section, "url", url);
    requireAboveZero(section, "pipeline_size", pipelineSize);
    return new AdapterConfig.Redis(
        url, orDefault(prefix), maxStreamLen, pipelineSize == null ? 1000 : pipelineSize);
  }

  private static @Nullable AdapterConfig jetStream(@Nullable Section section) {
    String url = section == null ? null : section.text("url");
    if (section == null || url == null) {
      return null;
    }
    String prefix = section.text("prefix");
    Long maxMessages = section.signed("max_messages");
    Long replicas = section.unsigned("replicas");
    section.end();
    requireText(section, "url", url);
    requireAboveZero(section, "replicas", replicas);
    if (maxMessages != null && maxMessages < 0) {
      throw section.wrong("max_messages", "expected 0 or more, found " + maxMessages);
    }
    return new AdapterConfig.JetStream(
        url, orDefault(prefix), maxMessages, replicas == null ? 1 : replicas);
  }

  private static String orDefault(@Nullable String prefix) {
    return prefix == null ? "net" : prefix;
  }

  private static @Nullable AdapterConfig peer(@Nullable Section section) {
    if (section == null) {
      return null;
    }
    String bindAddress = address(section, "bind_addr");
    String peerAddress = address(section, "peer_addr");
    requireKey(section, "psk");
    boolean initiator = isInitiator(section);
    section.text("reliability");
    section.unsigned("packet_pool_size");
    requireAboveZero(section, "heartbeat_interval_ms", section.unsigned("heartbeat_interval_ms"));
    requireAboveZero(section, "session_timeout_ms", section.unsigned("session_timeout_ms"));
    section.flag("batched_io");
    section.end();
    return new AdapterConfig.Peer(bindAddress, peerAddress, initiator);
  }

  private static boolean isInitiator(Section section) {
    String role = section.text("role");
    switch (role) {
      case null -> requireKey(section, "peer_public_key");
      case "initiator" -> requireKey(section, "peer_public_key");
      case "responder" -> {
        requireKey(section, "secret_key");
        requireKey(section, "public_key");
      }
      default ->
          throw section.wrong("role", "expected initiator or responder, found \"" + role + '"');
    }
    return !"responder".equals(role);
  }

  private static String address(Section section, String name) {
    String address = section.text(name);
    if (address == null || !isAddress(address)) {
      throw section.wrong(name, "expected ip:port, found " + address);
    }
    return address;
  }

  private static boolean isAddress(String text) {
    Matcher parts = ADDRESS.matcher(text);
    if (!parts.matches() || Integer.parseInt(parts.group(2)) > MAX_PORT) {
      return false;
    }
    try {
      return InetAddress.ofLiteral(parts.group(1)).getAddress().length > 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Keys are secret: what is wrong with one is not shown. */
  private static void requireKey(Section section, String name) {
    String key = section.text(name);
    if (key == null || !KEY.matcher(key).matches()) {
      throw section.wrong(name, "expected 64 hex digits");
    }
  }

  private static void requireText(Section section, String name, String text) {
    if (text.isEmpty()) {
      throw section.wrong(name, "expected text, found nothing");
    }
  }

  private static void requireAboveZero(Section section, String name, @Nullable Long value) {
    if (value != null && value == 0) {
      throw section.wrong(name, "expected 1 or more, found 0");
    }
  }
}
