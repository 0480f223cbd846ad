// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Routing as one would explain it: each pattern a regular expression, asked in their order. */
final class ReferenceRoutes {
  private ReferenceRoutes() {}

  /** The pattern that a path belongs to and its values, or {@code none}. */
  static String answer(List<String> patterns, String path) {
    if (patterns.contains(path)) {
      return path;
    }
    for (String pattern : patterns) {
      Matcher matcher = Pattern.compile(regex(pattern)).matcher(path);
      if (!isLiteral(pattern) && matcher.matches()) {
        return pattern + value(matcher, "p") + value(matcher, "q") + rest(matcher);
      }
    }
    return "none";
  }

  private static boolean isLiteral(String pattern) {
    return !pattern.contains(":") && !pattern.contains("*");
  }

  private static String regex(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (String segment : pattern.substring(1).split("/", -1)) {
      regex.append(
          switch (segment) {
            case ":p", ":q" -> "/(?<" + segment.substring(1) + ">[^/]+)";
            case "*" -> "/(?<rest>[^/]+)";
            case "**" -> "(?<all>(/[^/]*)*)";
            default -> "/" + segment;
          });
    }
    return regex.toString();
  }

  private static String value(Matcher matcher, String name) {
    return matcher.namedGroups().containsKey(name) ? " " + name + "=" + matcher.group(name) : "";
  }

  private static String rest(Matcher matcher) {
    if (matcher.namedGroups().containsKey("all")) {
      String all = matcher.group("all");
      return " _=" + (all.isEmpty() ? "" : all.substring(1));
    }
    return matcher.namedGroups().containsKey("rest") ? " _=" + matcher.group("rest") : "";
  }
}
