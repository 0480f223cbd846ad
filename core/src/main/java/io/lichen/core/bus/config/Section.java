// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.config;

import io.lichen.core.bus.EventBusError;
import io.lichen.core.bus.EventBusException;
import io.lichen.core.bus.json.JsonPrinter;
import io.lichen.core.bus.json.JsonValue;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An object of a configuration. Where it is read strictly, values of another type than asked for
 * are refused, and members that nobody asked for; else both are as if they were not there.
 */
final class Section {
  private final String path;
  private final SortedMap<String, JsonValue> left;
  private final boolean strict;

  private Section(String path, Map<String, JsonValue> members, boolean strict) {
    this.path = path;
    this.left = new TreeMap<>(members);
    this.strict = strict;
  }

  /** The whole configuration; what is no object has no members. */
  static Section root(JsonValue json, boolean strict) {
    return of("", json, strict);
  }

  private static Section of(String path, JsonValue json, boolean strict) {
    if (json instanceof JsonValue.Members members) {
      return new Section(path, members.values(), strict);
    }
    if (strict) {
      String what = path.isEmpty() ? "" : path.substring(0, path.length() - 1) + ": ";
      throw invalid(what + "expected an object, found " + JsonPrinter.print(json));
    }
    return new Section(path, Map.of(), false);
  }

  /** A section in this one; null if there is none. */
  @Nullable Section section(String name) {
    JsonValue value = left.remove(name);
    return value == null ? null : of(path + name + ".", value, strict);
  }

  /** A section in this one that is read strictly in any case; null if there is none. */
  @Nullable Section strictSection(String name) {
    JsonValue value = left.remove(name);
    return value == null ? null : of(path + name + ".", value, true);
  }

  /** A whole number without sign, as its 64 bits; null if there is none. */
  @Nullable Long unsigned(String name) {
    JsonValue value = left.remove(name);
    return switch (value) {
      case null -> null;
      case JsonValue.Whole whole when !whole.negative() -> whole.bits();
      default -> {
        ignore(name, "a whole number from 0", value);
        yield null;
      }
    };
  }

  /** A whole number with sign of 64 bits; null if there is none. */
  @Nullable Long signed(String name) {
    JsonValue value = left.remove(name);
    return switch (value) {
      case null -> null;
      case JsonValue.Whole whole when whole.negative() || whole.bits() >= 0 -> whole.bits();
      default -> {
        ignore(name, "a whole number", value);
        yield null;
      }
    };
  }

  @Nullable String text(String name) {
    JsonValue value = left.remove(name);
    return switch (value) {
      case null -> null;
      case JsonValue.Text text -> text.value();
      default -> {
        ignore(name, "a string", value);
        yield null;
      }
    };
  }

  @Nullable Boolean flag(String name) {
    JsonValue value = left.remove(name);
    return switch (value) {
      case null -> null;
      case JsonValue.Literal.TRUE -> true;
      case JsonValue.Literal.FALSE -> false;
      default -> {
        ignore(name, "true or false", value);
        yield null;
      }
    };
  }

  /** Whatever stands there. */
  @Nullable JsonValue any(String name) {
    return left.remove(name);
  }

  private void ignore(String name, String wanted, JsonValue found) {
    if (strict) {
      throw wrong(name, "expected " + wanted + ", found " + JsonPrinter.print(found));
    }
  }

  /** Refuses, if this is read strictly, what nobody asked for. */
  void end() {
    if (strict && !left.isEmpty()) {
      String names = String.join(", ", left.keySet().stream().map(path::concat).toList());
      throw invalid("unknown key: " + names);
    }
  }

  EventBusException wrong(String name, String reason) {
    return invalid(path + name + ": " + reason);
  }

  static EventBusException invalid(String reason) {
    return new EventBusException(EventBusError.INVALID_JSON, "configuration: " + reason);
  }
}
