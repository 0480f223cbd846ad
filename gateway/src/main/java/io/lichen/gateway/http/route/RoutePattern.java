// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.route;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A route's pattern: literal segments, {@code :name} and {@code *} for one segment that is not
 * empty, {@code **} for any number of segments. Literals are compared with decoded segments.
 * Immutable.
 *
 * <p>As there is at most one {@code **}, what stands before it is compared with a path's beginning
 * and what stands after it with its end: no second tries, whatever the path.
 */
public final class RoutePattern {
  /** What {@code *} and {@code **} stood for. */
  public static final String REST = "_";

  private final String text;
  private final List<Segment> head;
  private final @Nullable List<Segment> tail;

  private RoutePattern(String text, List<Segment> head, @Nullable List<Segment> tail) {
    this.text = text;
    this.head = head;
    this.tail = tail;
  }

  private sealed interface Segment {
    record Literal(String text) implements Segment {}

    record Param(String name) implements Segment {}

    record Rest() implements Segment {}
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException when it does not begin with a slash, names a parameter badly
   *     or twice, has more than one {@code *} or {@code **}, or holds one of {@code ?#%\\}
   */
  public static RoutePattern of(String text) {
    List<Segment> segments = segments(text);
    Set<String> names = new HashSet<>();
    for (Segment segment : segments) {
      String name = nameOf(segment);
      if (name != null && !names.add(name)) {
        throw bad(text, name.equals(REST) ? "has two stars" : "has two parameters :" + name);
      }
    }
    return split(text, segments);
  }

  /**
   * A pattern for everything at and below {@code base}; every path without a base.
   *
   * @throws IllegalArgumentException as {@link #of}
   */
  public static RoutePattern below(String base) {
    List<Segment> segments = new ArrayList<>(base.isEmpty() ? List.of() : segments(base));
    if (segments.stream().anyMatch(Segment.Rest.class::isInstance)) {
      throw bad(base, "stands before other segments and can not have a **");
    }
    segments.add(new Segment.Rest());
    return split(base, segments);
  }

  /** As it was written. */
  public String text() {
    return text;
  }

  /** Whether it fits one path alone. */
  public boolean isLiteral() {
    return tail == null && head.stream().allMatch(Segment.Literal.class::isInstance);
  }

  /** The one path that a literal pattern fits. */
  List<String> path() {
    return head.stream().map(segment -> ((Segment.Literal) segment).text()).toList();
  }

  /** Whether it fits a path of decoded segments. */
  public boolean matches(List<String> path) {
    if (tail == null) {
      return path.size() == head.size() && fits(head, path, 0);
    }
    int after = path.size() - tail.size();
    return after >= head.size() && fits(head, path, 0) && fits(tail, path, after);
  }

  /** The values of the parameters in a path that it fits. */
  public Map<String, String> params(List<String> path) {
    Map<String, String> values = new LinkedHashMap<>();
    collect(head, path, 0, values);
    if (tail != null) {
      int after = path.size() - tail.size();
      values.put(REST, String.join("/", path.subList(head.size(), after)));
      collect(tail, path, after, values);
    }
    return values;
  }

  @Override
  public String toString() {
    return text;
  }

  private static boolean fits(List<Segment> segments, List<String> path, int from) {
    for (int i = 0; i < segments.size(); i++) {
      String given = path.get(from + i);
      boolean fits =
          segments.get(i) instanceof Segment.Literal(String literal)
              ? literal.equals(given)
              : !given.isEmpty();
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static void collect(
      List<Segment> segments, List<String> path, int from, Map<String, String> values) {
    for (int i = 0; i < segments.size(); i++) {
      if (segments.get(i) instanceof Segment.Param(String name)) {
        values.put(name, path.get(from + i));
      }
    }
  }

  private static RoutePattern split(String text, List<Segment> segments) {
    int rest = segments.indexOf(new Segment.Rest());
    return rest < 0
        ? new RoutePattern(text, List.copyOf(segments), null)
        : new RoutePattern(
            text,
            List.copyOf(segments.subList(0, rest)),
            List.copyOf(segments.subList(rest + 1, segments.size())));
  }

  private static List<Segment> segments(String text) {
    if (!text.startsWith("/")) {
      throw bad(text, "does not begin with a slash");
    }
    if (text.chars().anyMatch(c -> c < ' ' || "?#%\\".indexOf(c) >= 0)) {
      throw bad(text, "is a path as people write it: decoded, without ? # % and backslash");
    }
    List<Segment> segments = new ArrayList<>();
    for (String part : text.substring(1).split("/", -1)) {
      segments.add(segment(text, part));
    }
    return segments;
  }

  private static Segment segment(String text, String part) {
    if (part.equals("**")) {
      return new Segment.Rest();
    }
    if (part.equals("*")) {
      return new Segment.Param(REST);
    }
    if (part.startsWith(":")) {
      if (!part.matches(":[A-Za-z][A-Za-z0-9_]*")) {
        throw bad(text, "has the parameter " + part + ", which is no : and a name");
      }
      return new Segment.Param(part.substring(1));
    }
    if (part.contains("*")) {
      throw bad(text, "has the segment " + part + "; a star stands for a whole segment");
    }
    return new Segment.Literal(part);
  }

  private static @Nullable String nameOf(Segment segment) {
    return switch (segment) {
      case Segment.Literal(var ignored) -> null;
      case Segment.Param(String name) -> name;
      case Segment.Rest() -> REST;
    };
  }

  private static IllegalArgumentException bad(String text, String why) {
    return new IllegalArgumentException("pattern '" + text + "' " + why);
  }
}
