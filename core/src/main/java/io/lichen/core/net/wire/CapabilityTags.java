// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.wire;

import io.lichen.core.json.CodePointOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a node says it has, as it crosses the wire: a set of tags and a map of texts, both in the
 * order of their UTF-8 octets. Immutable.
 *
 * @param tags without doubles, none empty
 * @param metadata by key
 */
public record CapabilityTags(List<String> tags, SortedMap<String, String> metadata) {
  /** Nothing at all. */
  public static final CapabilityTags EMPTY =
      new CapabilityTags(List.of(), Collections.emptySortedMap());

  /** Takes tags and metadata that are sorted already; use {@link #of}. */
  public CapabilityTags {
    tags = List.copyOf(tags);
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
  }

  /**
   * Sorts them; doubles are taken once.
   *
   * @throws IllegalArgumentException if a tag is empty
   */
  public static CapabilityTags of(Collection<String> tags, Map<String, String> metadata) {
    TreeSet<String> sorted = new TreeSet<>(CodePointOrder.INSTANCE);
    sorted.addAll(tags);
    if (sorted.contains("")) {
      throw new IllegalArgumentException("a capability tag must not be empty");
    }
    TreeMap<String, String> texts = new TreeMap<>(CodePointOrder.INSTANCE);
    texts.putAll(metadata);
    return new CapabilityTags(new ArrayList<>(sorted), texts);
  }
}
