// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Trees;
import io.lichen.conformance.vectors.Vector;
import io.lichen.conformance.vectors.VectorCheck;
import io.lichen.core.moss.MossConfig;
import io.lichen.core.moss.MossException;
import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;

/** Configuration texts: whether they are accepted, and what follows from them. */
final class ConfigCheck implements VectorCheck {
  private static final String OUR_SECTION = "lichen";
  private static final String UNSIGNED_KEY = "bandwidth_cap_bytes";

  @Override
  public ObjectNode answer(Vector vector) throws ReflectiveOperationException {
    ObjectNode answer = Trees.object();
    try {
      MossConfig config = MossConfig.parse(Trees.hex(vector.inputs(), "input_hex"));
      ObjectNode effective = tree(config);
      effective.remove(OUR_SECTION);
      answer.put("code", 0).set("effective", effective);
    } catch (MossException e) {
      answer.put("code", e.error().code());
    }
    return answer;
  }

  /** The recording, in which an empty list may also be null. */
  @Override
  public ObjectNode expected(Vector vector) {
    ObjectNode expected = Trees.members(vector.inputs(), "code", "effective").deepCopy();
    if (expected.path("effective") instanceof ObjectNode effective) {
      emptyForNull(effective, "trackers");
      emptyForNull(effective, "static_peers");
      emptyForNull((ObjectNode) effective.path("veil"), "relays");
    }
    return expected;
  }

  private static void emptyForNull(ObjectNode object, String name) {
    if (object.path(name).isNull()) {
      object.putArray(name);
    }
  }

  private static ObjectNode tree(Record settings) throws ReflectiveOperationException {
    ObjectNode tree = Trees.object();
    for (RecordComponent component : settings.getClass().getRecordComponents()) {
      String key = key(settings, component.getName());
      tree.set(key, value(key, component.getAccessor().invoke(settings)));
    }
    return tree;
  }

  private static JsonNode value(String key, Object value) throws ReflectiveOperationException {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (value) {
      case Long number when key.equals(UNSIGNED_KEY) ->
          json.numberNode(new BigInteger(Long.toUnsignedString(number)));
      case Long number -> json.numberNode(number);
      case Double number -> json.numberNode(number);
      case Boolean flag -> json.booleanNode(flag);
      case Record section -> tree(section);
      case List<?> list -> {
        ArrayNode array = json.arrayNode();
        for (Object element : list) {
          array.add(value(key, element));
        }
        yield array;
      }
      default -> json.textNode(value.toString());
    };
  }

  /** {@code maxPeers} is {@code max_peers}, but the degrees of the mesh begin with a capital. */
  private static String key(Record section, String name) {
    if (section instanceof MossConfig.GossipSub && name.matches("d([A-Z].*)?")) {
      return "D" + snakeCase(name.substring(1));
    }
    return name.equals("gossipSub") ? "gossipsub" : snakeCase(name);
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
