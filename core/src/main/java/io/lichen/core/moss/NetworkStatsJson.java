// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss;

import io.lichen.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes {@link NetworkStats} as the native does, octet for octet. */
final class NetworkStatsJson {
  private static final int TYPICAL_BYTES = 512;

  private final JsonWriter json = new JsonWriter(TYPICAL_BYTES);

  private NetworkStatsJson() {}

  static String write(NetworkStats stats) {
    if (!stats.enabled()) {
      return "{}";
    }
    NetworkStatsJson writer = new NetworkStatsJson();
    writer.json.ascii("{\"epoch\":").unsignedNumber(stats.epoch());
    writer.key("node_count_estimate").unsignedNumber(stats.nodeCountEstimate());
    writer.key("contributors").number(stats.contributors());
    writer.key("k_anon_ok").ascii(stats.kAnonOk() ? "true" : "false");
    writer.total("bandwidth_in_total", stats.bandwidthInTotal());
    writer.total("bandwidth_out_total", stats.bandwidthOutTotal());
    writer.histogram("nat_histogram", stats.natHistogram());
    writer.histogram("degree_histogram", stats.degreeHistogram());
    writer.key("epoch_digest").string(stats.epochDigest());
    writer.key("prev_digest").string(stats.previousDigest());
    writer.key("chain_head").unsignedNumber(stats.chainHead());
    return writer.finish('}');
  }

  static String chain(List<NetworkStats.Link> links) {
    NetworkStatsJson writer = new NetworkStatsJson();
    char separator = '[';
    for (NetworkStats.Link link : links) {
      writer.json.raw(separator).ascii("{\"epoch\":").unsignedNumber(link.epoch());
      writer.key("epoch_digest").string(link.digest());
      writer.key("prev_digest").string(link.previousDigest()).raw('}');
      separator = ',';
    }
    if (links.isEmpty()) {
      writer.json.raw('[');
    }
    return writer.finish(']');
  }

  private JsonWriter key(String name) {
    return json.raw(',').string(name).raw(':');
  }

  private void total(String name, long value) {
    if (value != 0) {
      key(name).unsignedNumber(value);
    }
  }

  private void histogram(String name, Map<String, Integer> counts) {
    if (counts.isEmpty()) {
      return;
    }
    key(name);
    char separator = '{';
    for (Map.Entry<String, Integer> entry : counts.entrySet()) {
      json.raw(separator).string(entry.getKey()).raw(':').number(entry.getValue());
      separator = ',';
    }
    json.raw('}');
  }

  private String finish(char bracket) {
    return new String(json.raw(bracket).toByteArray(), StandardCharsets.UTF_8);
  }
}
