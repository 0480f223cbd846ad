// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The configuration of peers under test: they ask nobody and tell nobody. */
final class QuietConfig {
  private static final String QUIET =
      """
      {"trackers":[],"dht_enabled":false,"lan_discovery_enabled":false,"telemetry":{"enabled":false}}
      """;
  private static final ObjectMapper JSON = new ObjectMapper();

  private QuietConfig() {}

  /** The quiet configuration with the top-level keys of another laid over it. */
  static String with(String overridesJson) {
    try {
      ObjectNode config = (ObjectNode) JSON.readTree(QUIET);
      config.setAll((ObjectNode) JSON.readTree(overridesJson));
      return config.toString();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(overridesJson, e);
    }
  }
}
