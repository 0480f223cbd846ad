// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.config;

import io.lichen.core.json.JsonException;
import io.lichen.core.json.JsonReader;
import io.lichen.core.json.NameTable;
import io.lichen.core.moss.MossConfig.VeilRelay;
import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of one section, read over its defaults. */
final class ConfigSection {
  private static final ConfigKey RELAY =
      ConfigKey.section(
          "",
          ConfigKey.text("addr", ""),
          ConfigKey.text("cover_sni", ""),
          ConfigKey.text("pubkey", ""));

  private final String path;
  private final List<ConfigKey> keys;
  private final NameTable names;
  private final Map<String, Object> values = new LinkedHashMap<>();

  /** Whether the key of the trackers stood there in exactly this spelling. */
  private boolean trackersNamed;

  /** Starts with the defaults. */
  ConfigSection(String path, ConfigKey section) {
    this.path = path;
    this.keys = section.keys();
    this.names = section.names();
    for (ConfigKey key : keys) {
      boolean nested = key.kind() == ConfigKey.Kind.SECTION;
      values.put(
          key.name(), nested ? new ConfigSection(path + key.name() + ".", key) : key.initial());
    }
  }

  /**
   * Reads an object over the values.
   *
   * @param unknown gets what no key names
   * @param strict whether keys are refused that upstream reads elsewhere and we do not
   */
  void read(JsonReader reader, List<String> unknown, boolean strict) throws JsonException {
    if (reader.tryNull()) {
      return;
    }
    reader.beginObject();
    while (reader.nextMember()) {
      int index = reader.nameIndex(names);
      String name = reader.nameText();
      if (index < 0) {
        unknown.add(withSuggestion(name));
        reader.skipValue();
      } else {
        trackersNamed |= name.equals(ConfigKeys.TRACKERS);
        value(reader, keys.get(index), unknown, strict);
      }
    }
  }

  private void value(JsonReader reader, ConfigKey key, List<String> unknown, boolean strict) {
    if (key.kind() == ConfigKey.Kind.IGNORED && strict) {
      throw invalid(key.name(), "is not built: Lichen uploads no logs; SLF4J and Micrometer do");
    }
    Object before = get(key.name());
    try {
      if (before instanceof ConfigSection section) {
        section.read(reader, unknown, strict);
      } else {
        values.put(key.name(), read(reader, key, before));
      }
    } catch (JsonException e) {
      throw invalid(key.name(), e.getMessage() + " at byte " + e.offset());
    }
  }

  private static Object read(JsonReader reader, ConfigKey key, Object before) throws JsonException {
    if (key.kind() == ConfigKey.Kind.IGNORED) {
      reader.skipValue();
      return before;
    }
    if (reader.tryNull()) {
      return before instanceof List ? List.of() : before;
    }
    return switch (key.kind()) {
      case INTEGER -> reader.readLong();
      case UNSIGNED -> reader.readUnsignedLong();
      case NUMBER -> reader.readDouble();
      case FLAG -> reader.readBoolean();
      case TEXT -> reader.readString();
      case TEXTS -> reader.readStrings(strings(before));
      case RELAYS -> relays(reader);
      case SECTION, IGNORED -> throw new IllegalStateException(key.name());
    };
  }

  private static List<VeilRelay> relays(JsonReader reader) throws JsonException {
    List<VeilRelay> relays = new ArrayList<>();
    reader.beginArray();
    while (reader.nextElement()) {
      ConfigSection relay = new ConfigSection("", RELAY);
      relay.read(reader, new ArrayList<>(), false);
      relays.add(new VeilRelay(relay.text("addr"), relay.text("cover_sni"), relay.text("pubkey")));
    }
    return relays;
  }

  /** Puts defaults where upstream does, and refuses what our own keys cannot mean. */
  void complete() {
    for (ConfigKey key : keys) {
      complete(key, get(key.name()));
    }
    if (values.containsKey(ConfigKeys.TRACKERS)
        && texts(ConfigKeys.TRACKERS).isEmpty()
        && !trackersNamed) {
      values.put(ConfigKeys.TRACKERS, initialTrackers());
    }
  }

  /** No switch over types: the JVM makes code for each when it first runs, at every start. */
  private void complete(ConfigKey key, Object value) {
    if (value instanceof ConfigSection section) {
      section.complete();
    } else if (value instanceof Long number) {
      values.put(key.name(), bounded(key, number));
    } else if (value.equals("") && key.bound() == ConfigKey.Bound.ELSE_DEFAULT) {
      values.put(key.name(), key.initial());
    }
  }

  private Object bounded(ConfigKey key, long value) {
    return switch (key.bound()) {
      case NONE -> value;
      case ELSE_DEFAULT -> value > 0 ? value : key.initial();
      case AT_LEAST_0 -> atLeast(key, value, 0);
      case AT_LEAST_1 -> atLeast(key, value, 1);
    };
  }

  private long atLeast(ConfigKey key, long value, long minimum) {
    if (value < minimum) {
      throw invalid(key.name(), "expected " + minimum + " or more, found " + value);
    }
    return value;
  }

  private Object initialTrackers() {
    return keys.stream()
        .filter(k -> k.name().equals(ConfigKeys.TRACKERS))
        .findFirst()
        .orElseThrow()
        .initial();
  }

  /** An error that names the key by its path, or the section if the name is empty. */
  MossException invalid(String name, String reason) {
    String place = name.isEmpty() ? path.substring(0, path.length() - 1) : path + name;
    return new MossException(MossError.CONFIG_INVALID, "configuration: " + place + ": " + reason);
  }

  private String withSuggestion(String name) {
    return Similarity.nearest(name, names.names())
        .map(nearest -> path + name + " (did you mean " + path + nearest + "?)")
        .orElse(path + name);
  }

  ConfigSection section(String name) {
    return (ConfigSection) get(name);
  }

  long number(String name) {
    return (Long) get(name);
  }

  double real(String name) {
    return (Double) get(name);
  }

  boolean flag(String name) {
    return (Boolean) get(name);
  }

  String text(String name) {
    return (String) get(name);
  }

  List<String> texts(String name) {
    return strings(get(name));
  }

  Object get(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("there is no key " + path + name);
    }
    return value;
  }

  private static List<String> strings(Object value) {
    return ((List<?>) value).stream().map(String.class::cast).toList();
  }
}
