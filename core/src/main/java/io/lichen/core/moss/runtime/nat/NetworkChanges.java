// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat;

import io.lichen.core.nat.NetworkChange;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/** How often the network of the machine has changed in which way. Thread-safe. */
public final class NetworkChanges {
  private final Map<NetworkChange.Kind, LongAdder> counts = new EnumMap<>(NetworkChange.Kind.class);

  /** Makes one of zeros. */
  public NetworkChanges() {
    for (NetworkChange.Kind kind : NetworkChange.Kind.values()) {
      counts.put(kind, new LongAdder());
    }
  }

  /** One has happened. */
  public void count(NetworkChange change) {
    change.kinds().forEach(this::count);
  }

  /** One of a kind has happened. */
  public void count(NetworkChange.Kind kind) {
    Objects.requireNonNull(counts.get(kind)).increment();
  }

  /** Gives each counter with its name. */
  public void forEach(BiConsumer<String, LongAdder> action) {
    counts.forEach((kind, count) -> action.accept(kind.name().toLowerCase(Locale.ROOT), count));
  }
}
