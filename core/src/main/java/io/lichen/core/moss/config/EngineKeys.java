// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.config;

import io.lichen.core.moss.config.ConfigKey.Bound;
import io.lichen.core.moss.config.ConfigKey.Kind;
import io.lichen.gossipsub.GossipSubParams;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The engine's parameters as keys: a section for each record in {@link GossipSubParams}, a key for
 * each number and flag, named and bounded by the records themselves, so that none can be forgotten.
 */
final class EngineKeys {
  /** Under {@code lichen}. */
  static final String SECTION = "gossipsub";

  /** What upstream's own keys say: {@code gossipsub.*} and {@code transport.high_throughput}. */
  private static final Set<String> UPSTREAMS =
      Set.of("d", "dLo", "dHigh", "dOut", "dLazy", "heartbeatMs", "sendIHaveOnPublish");

  private EngineKeys() {}

  /** The section with all keys. */
  static ConfigKey section() {
    return section(SECTION, GossipSubParams.defaults());
  }

  /**
   * The parameters that a section says; what upstream's keys say is as by default.
   *
   * @throws io.lichen.core.moss.MossException {@code CONFIG_INVALID}, if a value is out of its
   *     range
   */
  static GossipSubParams read(ConfigSection section) {
    return (GossipSubParams) read(section, GossipSubParams.defaults());
  }

  private static ConfigKey section(String name, Record defaults) {
    List<ConfigKey> keys = new ArrayList<>();
    for (RecordComponent component : defaults.getClass().getRecordComponents()) {
      if (!UPSTREAMS.contains(component.getName())) {
        keys.add(key(SnakeCase.of(component.getName()), value(defaults, component)));
      }
    }
    return ConfigKey.section(name, keys.toArray(ConfigKey[]::new));
  }

  /** No switch over types: the JVM makes code for each when it first runs, at every start. */
  private static ConfigKey key(String name, Object initial) {
    if (initial instanceof Record part) {
      return section(name, part);
    }
    if (initial instanceof Boolean flag) {
      return ConfigKey.flag(name, flag);
    }
    if (initial instanceof Double number) {
      return ConfigKey.key(name, Kind.NUMBER, number, Bound.NONE);
    }
    if (initial instanceof Integer || initial instanceof Long) {
      return ConfigKey.integer(name, ((Number) initial).longValue());
    }
    throw new IllegalStateException(name + " is a " + initial.getClass());
  }

  private static Record read(ConfigSection section, Record defaults) {
    RecordComponent[] components = defaults.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      Object initial = value(defaults, components[i]);
      values[i] =
          UPSTREAMS.contains(components[i].getName())
              ? initial
              : value(section, SnakeCase.of(components[i].getName()), initial);
    }
    return make(section, defaults.getClass(), components, values);
  }

  private static Object value(ConfigSection section, String name, Object initial) {
    if (initial instanceof Record part) {
      return read(section.section(name), part);
    }
    return initial instanceof Integer ? intValue(section, name) : section.get(name);
  }

  private static int intValue(ConfigSection section, String name) {
    long value = section.number(name);
    if (value != (int) value) {
      throw section.invalid(name, "is out of range, found " + value);
    }
    return (int) value;
  }

  private static Record make(
      ConfigSection section,
      Class<? extends Record> type,
      RecordComponent[] components,
      Object[] values) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return type.getConstructor(types).newInstance(values);
    } catch (InvocationTargetException e) {
      // What the records' own checks say.
      Throwable cause = e.getCause();
      throw section.invalid("", String.valueOf((cause == null ? e : cause).getMessage()));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object value(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
