// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.config;

import io.lichen.core.json.NameTable;
import java.util.List;

/**
 * One key of the configuration.
 *
 * @param name as upstream spells it
 * @param kind what its value is
 * @param initial its default, of the class that the kind says
 * @param bound which values count
 * @param keys the keys of a section, else none
 * @param names their names
 */
record ConfigKey(
    String name, Kind kind, Object initial, Bound bound, List<ConfigKey> keys, NameTable names) {
  private static final NameTable NO_NAMES = new NameTable(List.of());

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
    return integer(name, initial, Bound.NONE);
  }

  /** An integer above 0; another value stands for the default. */
  static ConfigKey positive(String name, long initial) {
    return integer(name, initial, Bound.ELSE_DEFAULT);
  }

  static ConfigKey integer(String name, long initial, Bound bound) {
    return key(name, Kind.INTEGER, initial, bound);
  }

  static ConfigKey flag(String name, boolean initial) {
    return key(name, Kind.FLAG, initial, Bound.NONE);
  }

  static ConfigKey text(String name, String initial) {
    return key(name, Kind.TEXT, initial, Bound.NONE);
  }

  static ConfigKey key(String name, Kind kind, Object initial, Bound bound) {
    return new ConfigKey(name, kind, initial, bound, List.of(), NO_NAMES);
  }

  static ConfigKey section(String name, ConfigKey... keys) {
    List<ConfigKey> all = List.of(keys);
    NameTable names = new NameTable(all.stream().map(ConfigKey::name).toList());
    return new ConfigKey(name, Kind.SECTION, "", Bound.NONE, all, names);
  }
}
