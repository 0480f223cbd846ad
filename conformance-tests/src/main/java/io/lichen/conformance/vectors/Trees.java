// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Short words for reading vectors and for building answers. */
public final class Trees {
  private static final HexFormat HEX = HexFormat.of();

  private Trees() {}

  /** An empty object. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** The answer to "is this accepted?" that says nothing more. */
  public static ObjectNode refused() {
    return object().put("accepted", false);
  }

  /** A text; a vector without it cannot be answered. */
  public static String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("the vector has no text \"" + name + '"');
    }
    return value.textValue();
  }

  /** The octets of a member in hex. */
  public static byte[] hex(JsonNode node, String name) {
    return HEX.parseHex(text(node, name));
  }

  /** The octets, or null if the member is null or not there. */
  public static byte @Nullable [] hexOrNull(JsonNode node, String name) {
    return node.path(name).isTextual() ? hex(node, name) : null;
  }

  /** Octets in hex. */
  public static String hex(byte[] octets) {
    return HEX.formatHex(octets);
  }

  /** The octets of a text. */
  public static byte[] utf8(JsonNode node, String name) {
    return text(node, name).getBytes(StandardCharsets.UTF_8);
  }

  /** The text of octets. */
  public static String utf8(byte[] octets) {
    return new String(octets, StandardCharsets.UTF_8);
  }

  /** Members of a vector whose inputs and expectations stand together. */
  public static ObjectNode members(JsonNode vector, String... names) {
    ObjectNode some = object();
    for (String name : names) {
      if (vector.has(name)) {
        some.set(name, vector.get(name));
      }
    }
    return some;
  }
}
