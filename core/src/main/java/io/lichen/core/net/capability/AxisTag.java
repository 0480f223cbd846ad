// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tag that says something of an axis: {@code hardware.gpu}, {@code software.os=linux}
 * (docs/wire/net-capabilities.md, "Tags").
 *
 * @param axis which one
 * @param key behind its dot; may be empty
 * @param value behind the first {@code =} or {@code :}; {@code null} if there is none
 */
record AxisTag(String axis, String key, @Nullable String value) {
  static final String HARDWARE = "hardware";
  static final String SOFTWARE = "software";

  private static final List<String> AXES = List.of(HARDWARE, SOFTWARE, "devices", "dataforts");

  /** Tags that begin so are made by nodes themselves. */
  private static final List<String> RESERVED =
      List.of("causal:", "dataforts:", "fork-of:", "heat:", "scope:");

  /** The axis tag that the text is; {@code null} if it is a tag of another kind. */
  static @Nullable AxisTag parse(String tag) {
    int dot = tag.indexOf('.');
    if (dot < 0 || isReserved(tag) || !AXES.contains(tag.substring(0, dot))) {
      return null;
    }
    int end = dot + 1;
    while (end < tag.length() && tag.charAt(end) != '=' && tag.charAt(end) != ':') {
      end++;
    }
    String value = end < tag.length() ? tag.substring(end + 1) : null;
    return new AxisTag(tag.substring(0, dot), tag.substring(dot + 1, end), value);
  }

  /** Whether an application must not use the tag. */
  static boolean isReserved(String tag) {
    return RESERVED.stream().anyMatch(tag::startsWith);
  }
}
