// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.docs;

import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Methods that documents name, as {@code Class.method(Parameter, …)} in backquotes. */
final class NamedMethods {
  /** A name; its groups are class, method and the simple names of its parameters. */
  static final Pattern NAME = Pattern.compile("`(\\w+)\\.(\\w+)\\(([^)]*)\\)`");

  private NamedMethods() {}

  /** Whether a public class of this name in one of the packages has such a public method. */
  static boolean exists(MatchResult method, List<String> packages) {
    return packages.stream().anyMatch(inside -> exists(method, inside));
  }

  private static boolean exists(MatchResult method, String inside) {
    try {
      Class<?> type = Class.forName(inside + "." + method.group(1));
      return Arrays.stream(type.getMethods())
          .filter(candidate -> candidate.getName().equals(method.group(2)))
          .map(
              candidate ->
                  Arrays.stream(candidate.getParameterTypes())
                      .map(Class::getSimpleName)
                      .collect(Collectors.joining(", ")))
          .anyMatch(method.group(3)::equals);
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
