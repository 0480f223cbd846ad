// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import io.lichen.nat.path.Openness;
import java.util.Locale;
import java.util.function.Predicate;

/** How announcements and the C API call what a node is behind. */
public final class NatWords {
  private static final String PREFIX = "nat:";

  private NatWords() {}

  /** {@code open}, {@code cone}, {@code symmetric} or {@code unknown}. */
  public static String of(Openness openness) {
    return openness.name().toLowerCase(Locale.ROOT);
  }

  /** The tag in announcements. */
  public static String tag(Openness openness) {
    return PREFIX + of(openness);
  }

  /** What a node says, of whom it can be told which tags it has. */
  public static Openness in(Predicate<String> hasTag) {
    for (Openness openness : Openness.values()) {
      if (hasTag.test(tag(openness))) {
        return openness;
      }
    }
    return Openness.UNKNOWN;
  }
}
