// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.gateway.http.HttpException;
import io.lichen.gateway.http.Request;
import io.lichen.gateway.http.body.JsonBody;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object that somebody sent, read strictly: what nobody knows is refused, and
 * so is a member that is there twice. Everything wrong is an {@link HttpException} with 400.
 */
public final class JsonFields {
  private final ObjectNode object;

  private JsonFields(ObjectNode object) {
    this.object = object;
  }

  /** The object in a request's body. */
  public static JsonFields ofBody(Request request, Set<String> known) {
    return of(request.bodyJson(JsonNode.class), known);
  }

  /** The object in a text. */
  public static JsonFields ofText(String text, Set<String> known) {
    return of(JsonBody.read(text, JsonNode.class), known);
  }

  private static JsonFields of(JsonNode node, Set<String> known) {
    if (!(node instanceof ObjectNode object)) {
      throw new HttpException(400, "invalid_body", "what came is no JSON object");
    }
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        throw new HttpException(
            400, "unknown_field", "'" + name + "' is none of " + known.stream().sorted().toList());
      }
    }
    return new JsonFields(object);
  }

  /** A text that has to be there. */
  public String text(String name) {
    String value = optionalText(name);
    if (value == null) {
      throw new HttpException(400, "missing_field", "'" + name + "' is missing");
    }
    return value;
  }

  /** A text that may be missing. */
  public @Nullable String optionalText(String name) {
    JsonNode value = object.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw new HttpException(400, "invalid_field", "'" + name + "' is no text");
    }
    return value.textValue();
  }

  /** Any value; null if it is missing. */
  public @Nullable JsonNode optional(String name) {
    return object.get(name);
  }
}
