// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus;

import io.lichen.core.bus.consume.CompiledFilter;
import io.lichen.core.bus.consume.FilterJson;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Which events a poll is about (docs/wire/net-event-bus.md, "Filters"). What is compared is the
 * value at a path: names, or places in arrays from 0, with dots between; the empty path is the
 * whole event. 1 and 1.0 are different, the order of members does not count, and what is not there
 * equals nothing, not even null. Immutable.
 */
public sealed interface EventFilter {
  /** All of these, and at least one. */
  record And(List<EventFilter> filters) implements EventFilter {
    /** Takes a copy. */
    public And {
      filters = List.copyOf(filters);
    }
  }

  /** Any of these. */
  record Or(List<EventFilter> filters) implements EventFilter {
    /** Takes a copy. */
    public Or {
      filters = List.copyOf(filters);
    }
  }

  /** Not this. */
  record Not(EventFilter filter) implements EventFilter {}

  /**
   * A value at a path.
   *
   * @param path the path
   * @param json the value's JSON as it is compared
   * @param wrapped whether the condition stands under {@code "$eq"} in its JSON
   */
  record Equal(String path, String json, boolean wrapped) implements EventFilter {
    /** Brings the value into the one form that it is compared and shown in. */
    public Equal {
      json = FilterJson.normal(json);
    }
  }

  /** All of these, and at least one. */
  static EventFilter and(EventFilter... filters) {
    return new And(List.of(filters));
  }

  /** Any of these. */
  static EventFilter or(EventFilter... filters) {
    return new Or(List.of(filters));
  }

  /** Not this. */
  static EventFilter not(EventFilter filter) {
    return new Not(filter);
  }

  /**
   * This value at this path.
   *
   * @param json the value, as JSON
   * @throws EventBusException {@link EventBusError#INVALID_JSON} if it is none
   */
  static EventFilter equal(String path, String json) {
    return new Equal(path, json, false);
  }

  /**
   * Reads a filter.
   *
   * @throws EventBusException {@link EventBusError#INVALID_JSON} if it is none
   */
  static EventFilter parse(String json) {
    return FilterJson.read(json);
  }

  /** The filter as it is read. */
  default String toJson() {
    return FilterJson.write(this);
  }

  /** Whether an event passes; one that is not JSON never does. */
  default boolean matches(byte[] event) {
    return CompiledFilter.of(this).matches(event);
  }

  /** Whether an event passes; one that is not JSON never does. */
  default boolean matches(String event) {
    return matches(event.getBytes(StandardCharsets.UTF_8));
  }
}
