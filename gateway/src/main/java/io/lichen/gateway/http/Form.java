// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names with their values in the order in which they came. Immutable. */
public final class Form {
  private final Map<String, List<String>> values = new LinkedHashMap<>();

  Form(List<Map.Entry<String, String>> pairs) {
    for (Map.Entry<String, String> pair : pairs) {
      values.computeIfAbsent(pair.getKey(), name -> new ArrayList<>()).add(pair.getValue());
    }
  }

  /** The last value of a name, or null. */
  public @Nullable String get(String name) {
    List<String> all = values.get(name);
    return all == null ? null : all.getLast();
  }

  /** Every value of a name. */
  public List<String> all(String name) {
    return Collections.unmodifiableList(values.getOrDefault(name, List.of()));
  }

  /** Every name. */
  public Set<String> names() {
    return Collections.unmodifiableSet(values.keySet());
  }
}
