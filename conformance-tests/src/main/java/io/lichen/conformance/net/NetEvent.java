// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.net;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * An event that a node received.
 *
 * @param peer who sent it, as a decimal node id; empty from a native, which does not tell
 * @param stream on which stream, as a decimal number; empty from a native
 * @param channel the channel that it was published on; empty for none, and from a native
 * @param data its payload
 * @param packet {@code <sequence>:<index>} of its stream; empty from Java
 */
public record NetEvent(String peer, String stream, String channel, byte[] data, String packet) {
  static NetEvent of(JsonNode line) {
    try {
      return new NetEvent(
          line.path("peer").asText(""),
          line.path("stream").asText(""),
          line.path("channel").asText(""),
          line.path("data").binaryValue(),
          line.path("packet").asText(""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The payload as text. */
  public String text() {
    return new String(data, StandardCharsets.UTF_8);
  }
}
