// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.config;

import java.util.List;

/**
 * One key of the configuration.
 *
 * @param name as upstream spells it
 * @param kind what its value is
 * @param initial its default, of the class that the kind says
 * @param bound which values count
 * @param keys the keys of a section, else none
 */
record ConfigKey(String name, Kind kind, Object initial, Bound bound, List<ConfigKey> keys) {

  /** What a value is, and as what it is kept. */
  enum Kind {
    /** {@code Long}. */
    INTEGER,
    /** {@code Long}, without sign. */
    UNSIGNED,
    /** {@code Double}. */
    NUMBER,
    /** {@code Boolean}. */
    FLAG,
    /** {@code String}. */
    TEXT,
    /** {@code List<String>}. */
    TEXTS,
    /** {@code List<VeilRelay>}. */
    RELAYS,
    /** {@link ConfigSection}. */
    SECTION,
    /** Whatever: upstream reads it elsewhere and we do not. */
    IGNORED
  }

  /** Which values count. */
  enum Bound {
    /** All. */
    NONE,
    /** Upstream's: what is not above 0, or is empty, stands for the default. */
    ELSE_DEFAULT,
    /** Ours: below 0 is an error. */
    AT_LEAST_0,
    /** Ours: below 1 is an error. */
    AT_LEAST_1
  }

  static ConfigKey integer(String name, long initial) {
    return new ConfigKey(name, Kind.INTEGER, initial, Bound.NONE, List.of());
  }

  /** An integer above 0; another value stands for the default. */
  static ConfigKey positive(String name, long initial) {
    return new ConfigKey(name, Kind.INTEGER, initial, Bound.ELSE_DEFAULT, List.of());
  }

  static ConfigKey integer(String name, long initial, Bound bound) {
    return new ConfigKey(name, Kind.INTEGER, initial, bound, List.of());
  }

  static ConfigKey flag(String name, boolean initial) {
    return new ConfigKey(name, Kind.FLAG, initial, Bound.NONE, List.of());
  }

  static ConfigKey text(String name, String initial) {
    return new ConfigKey(name, Kind.TEXT, initial, Bound.NONE, List.of());
  }

  static ConfigKey key(String name, Kind kind, Object initial) {
    return new ConfigKey(name, kind, initial, Bound.NONE, List.of());
  }

  static ConfigKey section(String name, ConfigKey... keys) {
    return new ConfigKey(name, Kind.SECTION, "", Bound.NONE, List.of(keys));
  }
}
