// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.route;

import io.lichen.core.net.table.FairTable;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which peer leads to which node (docs/wire/net-routing.md, "Routes"). Nodes are named by their
 * ids. A peer with a direct session is reached over itself; to others lead those peers that have
 * told of them. Not thread-safe.
 */
public final class RouteTable {
  /** Longer ways are not believed: that is what 16 hops make at most. */
  public static final int MAX_METRIC = 18;

  /** What became of the ways to a node when one broke. */
  public enum Loss {
    /** There was none over that peer. */
    NONE,
    /** Others are left, and the one in use has not changed. */
    SPARE,
    /** Another way is in use from now on. */
    REROUTED,
    /** None is left. */
    UNREACHABLE
  }

  private final long self;
  private final long maxAgeNs;
  private final Set<Long> direct = new HashSet<>();
  private final FairTable<Long, Routes> table;
  private long refused;

  /** The empty table of a node. */
  public RouteTable(long self, RouteSettings settings) {
    this.self = self;
    this.maxAgeNs = settings.maxAgeNs();
    this.table = new FairTable<>(settings.maxDestinations());
  }

  /** A peer is connected without a relay. */
  public void addDirect(long peer) {
    direct.add(peer);
  }

  /**
   * A peer is not connected any more: whatever led over it is gone.
   *
   * @return the nodes to which another way is in use from now on or none is left, the peer included
   *     if it was connected
   */
  public Set<Long> removeDirect(long peer, long nowNs) {
    Set<Long> changed = new LinkedHashSet<>();
    if (direct.remove(peer)) {
      changed.add(peer);
    }
    table.forEach(
        (dest, routes) -> {
          Long before = routes.best(null, maxAgeNs, nowNs);
          if (routes.dropVia(peer) && before != null && before == peer) {
            changed.add(dest);
          }
        });
    removeEmpty(nowNs);
    return changed;
  }

  /** Whether a peer is connected without a relay. */
  public boolean isDirect(long peer) {
    return direct.contains(peer);
  }

  /**
   * A connected peer has told of a node. Nothing happens if the node is this one or that very peer,
   * the peer is not connected, or the way is too long.
   *
   * @param hopCount how many nodes have passed the word on, the peer included
   */
  public void learn(long dest, long via, int hopCount, RouteKind kind, long nowNs) {
    int metric = hopCount + 2;
    if (dest == self || dest == via) {
      return;
    }
    if (!direct.contains(via) || metric > MAX_METRIC) {
      refused++;
      return;
    }
    Routes known = table.get(dest);
    Routes routes = known == null ? new Routes() : known;
    table.put(dest, via, routes);
    routes.learn(via, metric, kind, maxAgeNs, nowNs);
  }

  /** The peer over which a node is reached. */
  public OptionalLong nextHop(long dest, long nowNs) {
    return nextHop(dest, null, nowNs);
  }

  /**
   * The peer over which a node is reached.
   *
   * @param except not over this one, as what is to be sent came from it; {@code null} for none
   */
  public OptionalLong nextHop(long dest, @Nullable Long except, long nowNs) {
    if (direct.contains(dest) && (except == null || except != dest)) {
      return OptionalLong.of(dest);
    }
    Routes routes = table.get(dest);
    Long via = routes == null ? null : routes.best(except, maxAgeNs, nowNs);
    return via == null ? OptionalLong.empty() : OptionalLong.of(via);
  }

  /** A peer has said that it does not lead to a node any more. */
  public Loss withdraw(long dest, long via, long nowNs) {
    Routes routes = table.get(dest);
    OptionalLong before = nextHop(dest, nowNs);
    if (routes == null || !routes.dropVia(via)) {
      return Loss.NONE;
    }
    OptionalLong after = nextHop(dest, nowNs);
    if (!routes.expire(maxAgeNs, nowNs)) {
      table.remove(dest);
    }
    if (after.isEmpty()) {
      return Loss.UNREACHABLE;
    }
    return before.equals(after) ? Loss.SPARE : Loss.REROUTED;
  }

  /** Forgets what was not confirmed in time. */
  public void sweep(long nowNs) {
    removeEmpty(nowNs);
  }

  /** Nodes with routes, connected ones without any not counted. */
  public int size() {
    return table.size();
  }

  /** Nodes that had to make room. */
  public long evicted() {
    return table.evicted();
  }

  /** Words that were not believed: of peers that are not connected, or of ways too long. */
  public long refused() {
    return refused;
  }

  private void removeEmpty(long nowNs) {
    table.removeIf((dest, routes) -> !routes.expire(maxAgeNs, nowNs));
  }
}
