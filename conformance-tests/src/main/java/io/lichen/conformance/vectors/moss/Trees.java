// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Short words for reading vectors and for building answers. */
final class Trees {
  private static final HexFormat HEX = HexFormat.of();

  private Trees() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** The answer to "is this accepted?" that says nothing more. */
  static ObjectNode refused() {
    return object().put("accepted", false);
  }

  static String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("the vector has no text \"" + name + '"');
    }
    return value.textValue();
  }

  static byte[] hex(JsonNode node, String name) {
    return HEX.parseHex(text(node, name));
  }

  /** The octets, or null if the member is null or not there. */
  static byte @Nullable [] hexOrNull(JsonNode node, String name) {
    return node.path(name).isTextual() ? hex(node, name) : null;
  }

  static String hex(byte[] octets) {
    return HEX.formatHex(octets);
  }

  static byte[] utf8(JsonNode node, String name) {
    return text(node, name).getBytes(StandardCharsets.UTF_8);
  }

  static String utf8(byte[] octets) {
    return new String(octets, StandardCharsets.UTF_8);
  }

  /** Members of a vector whose inputs and expectations stand together. */
  static ObjectNode members(JsonNode vector, String... names) {
    ObjectNode some = object();
    for (String name : names) {
      if (vector.has(name)) {
        some.set(name, vector.get(name));
      }
    }
    return some;
  }
}
