// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.consume;

import io.lichen.core.bus.EventBusError;
import io.lichen.core.bus.EventBusException;
import io.lichen.core.bus.EventFilter;
import io.lichen.core.bus.json.BusJsonException;
import io.lichen.core.bus.json.JsonParser;
import io.lichen.core.bus.json.JsonPrinter;
import io.lichen.core.bus.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes filters; of the forms that fit, the first one counts. */
public final class FilterJson {
  private static final String AND = "$and";
  private static final String OR = "$or";
  private static final String NOT = "$not";
  private static final String EQUAL = "$eq";
  private static final String PATH = "path";
  private static final String VALUE = "value";

  private FilterJson() {}

  /** Reads a filter or refuses the text. */
  public static EventFilter read(String json) {
    EventFilter filter = filter(parse(json));
    if (filter == null) {
      throw new EventBusException(
          EventBusError.INVALID_JSON,
          "filter: expected $and, $or, $not, $eq, or path and value, found " + json);
    }
    return filter;
  }

  /** A JSON text in the form in which values are compared. */
  public static String normal(String json) {
    return JsonPrinter.print(parse(json));
  }

  static JsonValue parse(String json) {
    try {
      return JsonParser.parse(json);
    } catch (BusJsonException e) {
      throw new EventBusException(EventBusError.INVALID_JSON, "filter: " + e.getMessage(), e);
    }
  }

  private static @Nullable EventFilter filter(@Nullable JsonValue json) {
    if (!(json instanceof JsonValue.Members)) {
      return null;
    }
    List<EventFilter> and = filters(json.member(AND));
    if (and != null) {
      return new EventFilter.And(and);
    }
    List<EventFilter> or = filters(json.member(OR));
    if (or != null) {
      return new EventFilter.Or(or);
    }
    EventFilter not = filter(json.member(NOT));
    if (not != null) {
      return new EventFilter.Not(not);
    }
    JsonValue wrapped = json.member(EQUAL);
    EventFilter equal = wrapped == null ? null : equal(wrapped, true);
    return equal != null ? equal : equal(json, false);
  }

  private static @Nullable List<EventFilter> filters(@Nullable JsonValue json) {
    if (!(json instanceof JsonValue.Elements elements)) {
      return null;
    }
    List<EventFilter> filters = new ArrayList<>();
    for (JsonValue element : elements.values()) {
      EventFilter filter = filter(element);
      if (filter == null) {
        return null;
      }
      filters.add(filter);
    }
    return filters;
  }

  private static @Nullable EventFilter equal(JsonValue json, boolean wrapped) {
    JsonValue value = json.member(VALUE);
    return json.member(PATH) instanceof JsonValue.Text path && value != null
        ? new EventFilter.Equal(path.value(), JsonPrinter.print(value), wrapped)
        : null;
  }

  /** The text of a filter. */
  public static String write(EventFilter filter) {
    StringBuilder out = new StringBuilder();
    append(filter, out);
    return out.toString();
  }

  private static void append(EventFilter filter, StringBuilder out) {
    switch (filter) {
      case EventFilter.And and -> appendList(AND, and.filters(), out);
      case EventFilter.Or or -> appendList(OR, or.filters(), out);
      case EventFilter.Not not -> {
        out.append("{\"" + NOT + "\":");
        append(not.filter(), out);
        out.append('}');
      }
      case EventFilter.Equal equal -> appendEqual(equal, out);
    }
  }

  private static void appendList(String name, List<EventFilter> filters, StringBuilder out) {
    out.append("{\"").append(name).append("\":[");
    String separator = "";
    for (EventFilter filter : filters) {
      out.append(separator);
      append(filter, out);
      separator = ",";
    }
    out.append("]}");
  }

  private static void appendEqual(EventFilter.Equal equal, StringBuilder out) {
    out.append(equal.wrapped() ? "{\"" + EQUAL + "\":{\"path\":" : "{\"path\":");
    JsonPrinter.appendString(equal.path(), out);
    out.append(",\"value\":").append(equal.json()).append(equal.wrapped() ? "}}" : "}");
  }
}
