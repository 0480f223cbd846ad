// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import io.lichen.core.net.capability.NodeTags;
import io.lichen.nat.path.Openness;
import io.lichen.nat.punch.PortPrediction;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How announcements and the C API call what a node is behind. */
public final class NatWords {
  private static final String PREFIX = "nat:";

  private static final Pattern STEP = Pattern.compile(NodeTags.PORT_STEP_PREFIX + "(-?\\d{1,2})");

  private NatWords() {}

  /** {@code open}, {@code cone}, {@code symmetric} or {@code unknown}. */
  public static String of(Openness openness) {
    return openness.name().toLowerCase(Locale.ROOT);
  }

  /** The tag in announcements. */
  public static String tag(Openness openness) {
    return PREFIX + of(openness);
  }

  /** The tag of a NAT that gives out ports in order. */
  static String stepTag(int step) {
    return NodeTags.PORT_STEP_PREFIX + step;
  }

  /** The step that tags name, -64 to 64; 0 if none does. */
  public static int stepIn(Collection<String> tags) {
    return tags.stream()
        .map(STEP::matcher)
        .filter(Matcher::matches)
        .map(found -> Integer.parseInt(found.group(1)))
        .filter(step -> Math.abs(step) <= PortPrediction.MAX_STEP)
        .findFirst()
        .orElse(0);
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
