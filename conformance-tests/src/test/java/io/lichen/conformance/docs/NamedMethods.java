// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.docs;

import java.lang.reflect.Executable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What documents name of the API, in backquotes: methods as {@code Class.method(Parameter, …)},
 * constructors as {@code new Class(Parameter, …)}, constants as {@code Class.NAME}.
 */
final class NamedMethods {
  /** A method; its groups are class, method and the simple names of its parameters. */
  static final Pattern NAME = Pattern.compile("`(\\w+)\\.(\\w+)\\(([^)]*)\\)`");

  private static final Pattern CONSTRUCTOR = Pattern.compile("`new (\\w+)\\(([^)]*)\\)`");
  private static final Pattern CONSTANT = Pattern.compile("`(\\w+)\\.([A-Z][A-Z_]*)`");

  private NamedMethods() {}

  /** All that a text names, each with whether it is there and public in one of the packages. */
  static Map<String, Boolean> in(String text, List<String> packages) {
    Map<String, Boolean> found = new LinkedHashMap<>();
    NAME.matcher(text).results().forEach(m -> found.put(m.group(), exists(m, packages)));
    CONSTRUCTOR
        .matcher(text)
        .results()
        .forEach(
            m ->
                found.put(
                    m.group(),
                    classes(m.group(1), packages)
                        .flatMap(type -> Arrays.stream(type.getConstructors()))
                        .anyMatch(made -> parameters(made).equals(m.group(2)))));
    CONSTANT
        .matcher(text)
        .results()
        .forEach(
            m ->
                found.put(
                    m.group(),
                    classes(m.group(1), packages)
                        .flatMap(type -> Arrays.stream(type.getFields()))
                        .anyMatch(field -> field.getName().equals(m.group(2)))));
    return found;
  }

  /** Whether a public class of this name in one of the packages has such a public method. */
  static boolean exists(MatchResult method, List<String> packages) {
    return classes(method.group(1), packages)
        .flatMap(type -> Arrays.stream(type.getMethods()))
        .filter(candidate -> candidate.getName().equals(method.group(2)))
        .anyMatch(candidate -> parameters(candidate).equals(method.group(3)));
  }

  private static Stream<Class<?>> classes(String name, List<String> packages) {
    return packages.stream().flatMap(inside -> type(inside + "." + name).stream());
  }

  private static Optional<Class<?>> type(String name) {
    try {
      return Optional.of(Class.forName(name));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }

  private static String parameters(Executable executable) {
    return Arrays.stream(executable.getParameterTypes())
        .map(Class::getSimpleName)
        .collect(Collectors.joining(", "));
  }
}
