// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel;

import io.lichen.crypto.ChannelName;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The channels that a node publishes on, by name and by the beginning of names. Thread-safe;
 * bounded, and what does not fit is refused.
 */
public final class ChannelRegistry {
  /** Most names, and most prefixes. */
  public static final int MAX_ENTRIES = 65_536;

  private final ConcurrentHashMap<String, ResolvedChannel> names = new ConcurrentHashMap<>();
  private final ConcurrentSkipListMap<String, ResolvedChannel> prefixes =
      new ConcurrentSkipListMap<>();

  /** No channels. */
  public ChannelRegistry() {}

  /**
   * Registers a channel, in place of what was registered for the name.
   *
   * @throws IllegalStateException if there are {@link #MAX_ENTRIES} others
   */
  public void put(ChannelName name, ChannelConfig config) {
    requireRoom(names, name.text());
    names.put(name.text(), new ResolvedChannel(config, null));
  }

  /**
   * Registers all channels whose name begins so and has no configuration of its own.
   *
   * @throws IllegalStateException if there are {@link #MAX_ENTRIES} other prefixes
   */
  public void putPrefix(String prefix, ChannelConfig config) {
    requireRoom(prefixes, prefix);
    prefixes.put(prefix, new ResolvedChannel(config, prefix));
  }

  private static void requireRoom(Map<String, ResolvedChannel> table, String key) {
    if (table.size() >= MAX_ENTRIES && !table.containsKey(key)) {
      throw new IllegalStateException("more than " + MAX_ENTRIES + " channels are registered");
    }
  }

  /** Forgets a channel; who subscribed to it without a token stays subscribed. */
  public void remove(ChannelName name) {
    names.remove(name.text());
  }

  /** Forgets a prefix. */
  public void removePrefix(String prefix) {
    prefixes.remove(prefix);
  }

  /** The names that have a configuration of their own, in their order. */
  public SortedSet<String> names() {
    return new TreeSet<>(names.keySet());
  }

  /** What a name has: its own configuration, else that of the longest prefix, else null. */
  public @Nullable ResolvedChannel resolve(ChannelName name) {
    ResolvedChannel own = names.get(name.text());
    return own == null ? longestPrefix(name.text()) : own;
  }

  /**
   * The greatest key not after the name begins with every prefix of the name that is a key. So it
   * is the longest one itself, or what both have in common leads closer to it.
   */
  private @Nullable ResolvedChannel longestPrefix(String name) {
    String probe = name;
    while (true) {
      Map.Entry<String, ResolvedChannel> nearest = prefixes.floorEntry(probe);
      if (nearest == null || name.startsWith(nearest.getKey())) {
        return nearest == null ? null : nearest.getValue();
      }
      probe = common(probe, nearest.getKey());
    }
  }

  private static String common(String first, String second) {
    int length = 0;
    int most = Math.min(first.length(), second.length());
    while (length < most && first.charAt(length) == second.charAt(length)) {
      length++;
    }
    return first.substring(0, length);
  }
}
