// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

import io.lichen.core.net.table.FairTable;
import io.lichen.core.net.wire.CapabilityAnnouncement;
import io.lichen.core.net.wire.ReflexAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What nodes have, as they said last, until that has expired (docs/wire/net-capabilities.md,
 * "Finding nodes"). Not thread-safe.
 */
public final class CapabilityIndex {
  private static final long SECOND_NS = 1_000_000_000L;

  private record Entry(
      CapabilitySet has,
      CapabilityScope scope,
      @Nullable ReflexAddress seenAt,
      long version,
      long timestampNs,
      long expiresNs) {

    boolean isNewerThan(Entry before, long nowNs) {
      // A node that was restarted may count from 1 again; its clock goes on.
      return before.expiresNs - nowNs <= 0
          || Long.compareUnsigned(version, before.version) > 0
          || Long.compareUnsigned(timestampNs, before.timestampNs) > 0;
    }
  }

  private final long self;
  private final FairTable<Long, Entry> table;
  private final Set<Long> hidden = new HashSet<>();
  private @Nullable CapabilitySet own;

  /** An empty one for so many other nodes. */
  CapabilityIndex(long self, int maxNodes) {
    this.self = self;
    this.table = new FairTable<>(maxNodes);
  }

  /** What this node announces. */
  void setOwn(CapabilitySet has) {
    own = has;
  }

  /**
   * Takes what a node says, if it is newer than what it said before.
   *
   * @param has what of it is to be believed
   * @param source the peer that told
   * @return whether it was newer
   */
  boolean fold(CapabilityAnnouncement said, CapabilitySet has, long source, long nowNs) {
    Entry now =
        new Entry(
            has,
            CapabilityScope.of(has.tags().tags()),
            said.reflex(),
            said.version(),
            said.timestampNs(),
            nowNs + said.ttlSecs() * SECOND_NS);
    Entry before = table.get(said.nodeId());
    boolean isFoundAgain = source != said.nodeId() && hidden.remove(said.nodeId());
    if (before != null && !isFoundAgain && !now.isNewerThan(before, nowNs)) {
      return false;
    }
    table.put(said.nodeId(), source, now);
    return true;
  }

  /** Forgets a node. */
  void remove(long node) {
    table.remove(node);
    hidden.remove(node);
  }

  /** Does not find a peer until {@link #show}, or until another one tells of it. */
  void hide(long peer) {
    hidden.add(peer);
  }

  /** Finds a peer again. */
  void show(long peer) {
    hidden.remove(peer);
  }

  /** Forgets what has expired. */
  void sweep(long nowNs) {
    table.removeIf((node, entry) -> entry.expiresNs() - nowNs <= 0);
  }

  /** What a node has, this one included; {@code null} if it has not said or that has expired. */
  public @Nullable CapabilitySet get(long node, long nowNs) {
    if (node == self) {
      return own;
    }
    Entry entry = table.get(node);
    return entry == null || !isFound(node, entry, nowNs) ? null : entry.has();
  }

  /**
   * Where another node is seen from outside; {@code null} if it has not said or that has expired.
   */
  @SuppressWarnings("exports") // the index is no part of the API
  public @Nullable ReflexAddress seenAt(long node, long nowNs) {
    Entry entry = table.get(node);
    return entry == null || !isFound(node, entry, nowNs) ? null : entry.seenAt();
  }

  /** The nodes that have what is asked for, this one included, in the order of their ids. */
  public List<Long> find(CapabilityFilter filter, ScopeFilter scope, long nowNs) {
    List<Long> found = new ArrayList<>();
    if (own != null
        && scope.admits(CapabilityScope.of(own.tags().tags()), true)
        && filter.matches(own)) {
      found.add(self);
    }
    table.forEach(
        (node, entry) -> {
          if (isFound(node, entry, nowNs)
              && scope.admits(entry.scope(), false)
              && filter.matches(entry.has())) {
            found.add(node);
          }
        });
    found.sort(Long::compareUnsigned);
    return found;
  }

  private boolean isFound(long node, Entry entry, long nowNs) {
    return entry.expiresNs() - nowNs > 0 && !hidden.contains(node);
  }

  /** Other nodes known, those included that have expired and are still there. */
  public int size() {
    return table.size();
  }

  long evicted() {
    return table.evicted();
  }
}
