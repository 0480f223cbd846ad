// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.replica;

import io.lichen.redex.replica.ReplicationLink;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What this node tells the mesh of its replicas: that it keeps terms, and, as upstream does, one
 * tag for all the logs that it holds (docs/wire/net-capabilities.md, "Tags of the node").
 * Thread-safe.
 */
final class Holdings {
  private final long originHash;
  private final Supplier<Set<String>> offers;
  private final BooleanSupplier tell;
  private final Map<String, Long> held = new TreeMap<>();
  private long lastTail;

  /**
   * Holds none.
   *
   * @param offers tags of what the node offers
   * @param tell announces {@link #tags} anew; false if that cannot be done
   */
  Holdings(long originHash, Supplier<Set<String>> offers, BooleanSupplier tell) {
    this.originHash = originHash;
    this.offers = offers;
    this.tell = tell;
  }

  boolean announce(String log, long tail) {
    synchronized (this) {
      held.put(log, tail);
      lastTail = tail;
    }
    return tell.getAsBoolean();
  }

  boolean withdraw(String log) {
    synchronized (this) {
      if (held.remove(log) == null || !held.isEmpty()) {
        return true;
      }
    }
    return tell.getAsBoolean();
  }

  synchronized Set<String> tags() {
    Set<String> tags = new TreeSet<>(offers.get());
    tags.add(ReplicationLink.TERMS_TAG);
    if (!held.isEmpty()) {
      String origin = HexFormat.of().toHexDigits(originHash);
      tags.add("causal:" + origin + ":" + Long.toUnsignedString(lastTail));
    }
    return tags;
  }
}
