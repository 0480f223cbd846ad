// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.json;

import io.lichen.core.json.CodePointOrder;
import java.math.BigInteger;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value. Two are equal as the native finds them equal: whole numbers and others never are,
 * however they were written; the order of members does not count (docs/wire/net-event-bus.md,
 * "JSON"). Immutable.
 */
public sealed interface JsonValue {
  /** The values that are words. */
  enum Literal implements JsonValue {
    /** {@code null}. */
    NULL,
    /** {@code true}. */
    TRUE,
    /** {@code false}. */
    FALSE
  }

  /** A string. */
  record Text(String value) implements JsonValue {}

  /**
   * A whole number of 64 bits, written without fraction and exponent.
   *
   * @param bits its bits: without sign, or below zero
   * @param negative whether it is below zero
   */
  record Whole(long bits, boolean negative) implements JsonValue {
    /** The number. */
    public BigInteger value() {
      return negative ? BigInteger.valueOf(bits) : new BigInteger(Long.toUnsignedString(bits));
    }
  }

  /** Any other number; finite. */
  record Real(double value) implements JsonValue {
    @Override
    public boolean equals(@Nullable Object other) {
      // Zero equals negative zero, unlike Double's.
      return other instanceof Real real && value == real.value;
    }

    @Override
    public int hashCode() {
      return Double.hashCode(value == 0 ? 0 : value);
    }
  }

  /** An array. */
  record Elements(List<JsonValue> values) implements JsonValue {
    /** Takes a copy. */
    public Elements {
      values = List.copyOf(values);
    }
  }

  /**
   * An object.
   *
   * @param values sorted by {@link CodePointOrder}; given away, not to be changed
   */
  record Members(SortedMap<String, JsonValue> values) implements JsonValue {}

  /** The member of this name, or null: if there is none, or this is no object. */
  default @Nullable JsonValue member(String name) {
    return this instanceof Members members ? members.values().get(name) : null;
  }
}
