// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.profile;

import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each source last said. The address counts that can be dialled from farthest away, and of
 * equals the most trustworthy source's. Not thread-safe.
 */
public final class ExternalAddresses {
  private final Map<AddressSource, InetSocketAddress> bySource = new EnumMap<>(AddressSource.class);

  /** Makes one to which nobody has said anything. */
  public ExternalAddresses() {}

  /**
   * A source says something else than before.
   *
   * @param address resolved; {@code null} if it says nothing any more
   */
  public void said(AddressSource source, @Nullable InetSocketAddress address) {
    if (address == null) {
      bySource.remove(source);
    } else {
      bySource.put(source, address);
    }
  }

  /** What a source last said. */
  public @Nullable InetSocketAddress of(AddressSource source) {
    return bySource.get(source);
  }

  /** What all sources said that said something. */
  public Map<AddressSource, InetSocketAddress> all() {
    return Map.copyOf(bySource);
  }

  /** The one that counts; {@code null} if nobody says anything. */
  public @Nullable InetSocketAddress best() {
    return bySource.entrySet().stream()
        .max(
            Comparator.comparing(
                    (Map.Entry<AddressSource, InetSocketAddress> each) ->
                        AddressRank.of(each.getValue().getAddress()))
                .thenComparing(Map.Entry::getKey, Comparator.reverseOrder()))
        .map(Map.Entry::getValue)
        .orElse(null);
  }

  /** Forgets all but where the socket is bound. */
  public void clear() {
    bySource.keySet().removeIf(source -> source != AddressSource.LISTENER);
  }
}
