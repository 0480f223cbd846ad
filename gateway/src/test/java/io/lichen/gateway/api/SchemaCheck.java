// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Checks values against schemas of one OpenAPI document: the keywords of JSON Schema that it uses.
 * Another keyword is a fault, too, so that none is passed over in silence.
 */
final class SchemaCheck {
  private static final Set<String> SAYS_NOTHING = Set.of("description", "format", "default");

  private final JsonNode document;
  private final List<String> faults = new ArrayList<>();

  SchemaCheck(JsonNode document) {
    this.document = document;
  }

  /** What is wrong with a value; empty if nothing is. */
  static List<String> faults(JsonNode document, JsonNode schema, JsonNode value) {
    SchemaCheck check = new SchemaCheck(document);
    check.check("$", schema, value);
    return check.faults;
  }

  private void check(String at, JsonNode schema, JsonNode value) {
    for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
      JsonNode said = keyword.getValue();
      switch (keyword.getKey()) {
        case "$ref" -> check(at, document.at(said.asText().substring(1)), value);
        case "type" -> require(isOfType(said, value), at, "is no " + said);
        case "enum" -> require(contains(said, value), at, "is none of " + said);
        case "pattern" ->
            require(!value.isTextual() || value.asText().matches(said.asText()), at, "not " + said);
        case "required" -> said.forEach(name -> requireMember(at, value, name.asText()));
        case "properties" -> checkMembers(at, said, value);
        case "additionalProperties" -> checkOthers(at, schema.path("properties"), said, value);
        case "items" -> checkItems(at, said, value);
        case "maxItems" -> require(value.size() <= said.asInt(), at, "has more than " + said);
        case "minimum" -> require(value.asDouble() >= said.asDouble(), at, "below " + said);
        case "maximum" -> require(value.asDouble() <= said.asDouble(), at, "above " + said);
        case "oneOf" -> checkOneOf(at, said, value);
        default -> require(SAYS_NOTHING.contains(keyword.getKey()), at, "keyword " + keyword);
      }
    }
  }

  private void require(boolean holds, String at, String fault) {
    if (!holds) {
      faults.add(at + " " + fault);
    }
  }

  private void requireMember(String at, JsonNode value, String name) {
    require(!value.isObject() || value.has(name), at, "has no " + name);
  }

  private void checkMembers(String at, JsonNode members, JsonNode value) {
    for (Map.Entry<String, JsonNode> member : members.properties()) {
      if (value.has(member.getKey())) {
        check(at + "." + member.getKey(), member.getValue(), value.get(member.getKey()));
      }
    }
  }

  private void checkOthers(String at, JsonNode known, JsonNode schema, JsonNode value) {
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      String here = at + "." + member.getKey();
      if (!known.has(member.getKey())) {
        require(!schema.isBoolean() || schema.asBoolean(), here, "is not described");
        check(here, schema.isBoolean() ? document.path("none") : schema, member.getValue());
      }
    }
  }

  private void checkItems(String at, JsonNode schema, JsonNode value) {
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      check(at + "[" + i + "]", schema, value.get(i));
    }
  }

  private void checkOneOf(String at, JsonNode schemas, JsonNode value) {
    long fitting =
        StreamSupport.stream(schemas.spliterator(), false)
            .filter(schema -> faults(document, schema, value).isEmpty())
            .count();
    require(fitting == 1, at, "fits " + fitting + " of " + schemas.size() + " schemas");
  }

  private static boolean contains(JsonNode values, JsonNode value) {
    return StreamSupport.stream(values.spliterator(), false).anyMatch(value::equals);
  }

  private static boolean isOfType(JsonNode types, JsonNode value) {
    return types.isArray()
        ? StreamSupport.stream(types.spliterator(), false).anyMatch(type -> isOfType(type, value))
        : switch (types.asText()) {
          case "object" -> value.isObject();
          case "array" -> value.isArray();
          case "string" -> value.isTextual();
          case "integer" -> value.isIntegralNumber();
          case "number" -> value.isNumber();
          case "boolean" -> value.isBoolean();
          case "null" -> value.isNull();
          default -> false;
        };
  }
}
