// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.consume;

import io.lichen.core.bus.EventFilter;
import io.lichen.core.bus.json.BusJsonException;
import io.lichen.core.bus.json.JsonParser;
import io.lichen.core.bus.json.JsonValue;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A filter whose values are parsed and whose paths are split, for many events. */
public final class CompiledFilter {
  private static final int NO_INDEX = -1;

  private final Predicate<JsonValue> condition;

  /** One step of a path: a member's name, and the place that it is in an array. */
  private record Step(String name, int index) {}

  private CompiledFilter(Predicate<JsonValue> condition) {
    this.condition = condition;
  }

  /** Compiles a filter. */
  public static CompiledFilter of(EventFilter filter) {
    return new CompiledFilter(condition(filter));
  }

  /** Whether an event passes; one that is not JSON never does. */
  public boolean matches(byte[] event) {
    try {
      return condition.test(JsonParser.parse(event));
    } catch (BusJsonException e) {
      return false;
    }
  }

  private static Predicate<JsonValue> condition(EventFilter filter) {
    return switch (filter) {
      case EventFilter.And and -> {
        List<Predicate<JsonValue>> all = conditions(and.filters());
        yield event -> !all.isEmpty() && all.stream().allMatch(one -> one.test(event));
      }
      case EventFilter.Or or -> {
        List<Predicate<JsonValue>> any = conditions(or.filters());
        yield event -> any.stream().anyMatch(one -> one.test(event));
      }
      case EventFilter.Not not -> condition(not.filter()).negate();
      case EventFilter.Equal equal -> {
        List<Step> path = path(equal.path());
        JsonValue value = FilterJson.parse(equal.json());
        yield event -> value.equals(at(path, event));
      }
    };
  }

  private static List<Predicate<JsonValue>> conditions(List<EventFilter> filters) {
    return filters.stream().map(CompiledFilter::condition).toList();
  }

  private static List<Step> path(String path) {
    return path.isEmpty()
        ? List.of()
        : List.of(path.split("\\.", -1)).stream().map(name -> new Step(name, index(name))).toList();
  }

  /** A plus and leading zeros are allowed, as in the natives. */
  private static int index(String name) {
    try {
      return name.startsWith("-") ? NO_INDEX : Integer.parseInt(name);
    } catch (NumberFormatException e) {
      return NO_INDEX;
    }
  }

  private static @Nullable JsonValue at(List<Step> path, JsonValue event) {
    JsonValue value = event;
    for (Step step : path) {
      switch (value) {
        case JsonValue.Members members -> value = members.values().get(step.name);
        case JsonValue.Elements elements -> {
          boolean there = step.index != NO_INDEX && step.index < elements.values().size();
          value = there ? elements.values().get(step.index) : null;
        }
        case null, default -> value = null;
      }
      if (value == null) {
        return null;
      }
    }
    return value;
  }
}
