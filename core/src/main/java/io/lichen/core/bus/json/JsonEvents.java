// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.json;

import io.lichen.core.bus.EventBusError;
import io.lichen.core.bus.EventBusException;
import java.nio.charset.StandardCharsets;

/** The normal form of events that are ingested as JSON (docs/wire/net-event-bus.md, "Events"). */
public final class JsonEvents {
  private JsonEvents() {}

  /** The normal form of one event. */
  public static byte[] normal(String json) {
    return bytes(parse(json));
  }

  /** The normal forms of the elements of an array. */
  public static byte[][] normalElements(String jsonArray) {
    if (parse(jsonArray) instanceof JsonValue.Elements elements) {
      return elements.values().stream().map(JsonEvents::bytes).toArray(byte[][]::new);
    }
    throw new EventBusException(EventBusError.INVALID_JSON, "expected a JSON array of events");
  }

  private static JsonValue parse(String json) {
    try {
      return JsonParser.parse(json);
    } catch (BusJsonException e) {
      throw new EventBusException(
          EventBusError.INVALID_JSON, "an event is not JSON: " + e.getMessage(), e);
    }
  }

  private static byte[] bytes(JsonValue value) {
    return JsonPrinter.print(value).getBytes(StandardCharsets.UTF_8);
  }
}
