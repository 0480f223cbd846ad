// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

/** Range checks of the parameter records; the message names the field, the value and the range. */
final class Checks {
  private Checks() {}

  static int range(String field, int value, int min, int max) {
    return (int) range(field, (long) value, min, max);
  }

  static long range(String field, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          field + " is " + value + ", must be in " + min + ".." + max);
    }
    return value;
  }

  static double range(String field, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      throw new IllegalArgumentException(
          field + " is " + value + ", must be in " + min + ".." + max);
    }
    return value;
  }
}
