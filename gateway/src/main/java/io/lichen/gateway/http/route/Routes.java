// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A table of routes: what belongs to a method and a path. Filled by one thread; then any number of
 * threads may look.
 */
public final class Routes<T> {
  private final Map<List<String>, Map<String, Route<T>>> literals = new HashMap<>();
  private final Map<String, List<Route<T>>> patterns = new HashMap<>();

  private record Route<T>(RoutePattern pattern, T value) {
    Match<T> match(List<String> path) {
      return new Match<>(pattern.text(), pattern.params(path), value);
    }
  }

  /** Adds a route, in place of an earlier one of the same method and pattern. */
  public void put(String method, RoutePattern pattern, T value) {
    Route<T> route = new Route<>(pattern, value);
    if (pattern.isLiteral()) {
      literals.computeIfAbsent(pattern.path(), path -> new HashMap<>()).put(method, route);
      return;
    }
    List<Route<T>> list = patterns.computeIfAbsent(method, name -> new ArrayList<>());
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).pattern().text().equals(pattern.text())) {
        list.set(i, route);
        return;
      }
    }
    list.add(route);
  }

  /**
   * The route of a path: literal ones before patterns, then the earlier method of {@code methods},
   * then the route that was added earlier.
   */
  public @Nullable Match<T> find(List<String> methods, List<String> path) {
    Map<String, Route<T>> here = literals.getOrDefault(path, Map.of());
    for (String method : methods) {
      Route<T> route = here.get(method);
      if (route != null) {
        return route.match(path);
      }
    }
    for (String method : methods) {
      for (Route<T> route : patterns.getOrDefault(method, List.of())) {
        if (route.pattern().matches(path)) {
          return route.match(path);
        }
      }
    }
    return null;
  }

  /** Every route that was added: a method, a space, a pattern; sorted. */
  public SortedSet<String> all() {
    SortedSet<String> all = new TreeSet<>();
    for (Map<String, Route<T>> here : literals.values()) {
      here.forEach((method, route) -> all.add(method + " " + route.pattern()));
    }
    patterns.forEach(
        (method, list) -> list.forEach(route -> all.add(method + " " + route.pattern())));
    return all;
  }

  /** The methods that have a route for a path, sorted. */
  public SortedSet<String> methods(List<String> path) {
    SortedSet<String> methods = new TreeSet<>(literals.getOrDefault(path, Map.of()).keySet());
    patterns.forEach(
        (method, list) -> {
          if (list.stream().anyMatch(route -> route.pattern().matches(path))) {
            methods.add(method);
          }
        });
    return methods;
  }
}
