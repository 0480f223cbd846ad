// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.route;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The routes to one node, at most one for each peer that leads there and each kind. The one in use
 * stays until a shorter one comes or it is gone, so that packets do not swing to and fro. Not
 * thread-safe.
 */
final class Routes {
  /** More are not kept: what a node needs is a way, and one or two more in case it breaks. */
  static final int MAX = 8;

  private static final class Route {
    final long via;
    final RouteKind kind;
    int metric;

    /** When somebody last said so. */
    long confirmedNs;

    /** When somebody last said that it was this short. */
    long metricNs;

    Route(long via, RouteKind kind, int metric, long nowNs) {
      this.via = via;
      this.kind = kind;
      this.metric = metric;
      this.confirmedNs = nowNs;
      this.metricNs = nowNs;
    }

    boolean isBetterThan(Route other) {
      return metric < other.metric
          || (metric == other.metric
              && kind == RouteKind.PROTECTED
              && other.kind == RouteKind.ORDINARY);
    }
  }

  private final List<Route> routes = new ArrayList<>(2);
  private @Nullable Route inUse;

  /** Takes a route, or confirms it. */
  void learn(long via, int metric, RouteKind kind, long maxAgeNs, long nowNs) {
    Route known = find(via, kind);
    if (known == null) {
      routes.add(new Route(via, kind, metric, nowNs));
      if (routes.size() > MAX) {
        dropWorst(maxAgeNs, nowNs);
      }
      return;
    }
    known.confirmedNs = nowNs;
    // A longer way is believed once nobody has spoken of the shorter one for a while: two copies of
    // one word may come over ways of different length.
    if (metric <= known.metric || nowNs - known.metricNs > maxAgeNs / 3) {
      known.metric = metric;
      known.metricNs = nowNs;
    }
  }

  /**
   * The peer that leads there.
   *
   * @param except not over this one
   */
  @Nullable Long best(@Nullable Long except, long maxAgeNs, long nowNs) {
    Route best = null;
    for (Route route : routes) {
      boolean eligible =
          nowNs - route.confirmedNs <= maxAgeNs && (except == null || route.via != except);
      if (eligible && (best == null || route.isBetterThan(best) || keepsUse(route, best))) {
        best = route;
      }
    }
    if (except == null) {
      inUse = best;
    }
    return best == null ? null : best.via;
  }

  /**
   * Drops what leads over a peer.
   *
   * @return whether something did
   */
  boolean dropVia(long via) {
    if (inUse != null && inUse.via == via) {
      inUse = null;
    }
    return routes.removeIf(route -> route.via == via);
  }

  /** Drops what was not confirmed in time, and tells whether anything is left. */
  boolean expire(long maxAgeNs, long nowNs) {
    routes.removeIf(route -> nowNs - route.confirmedNs > maxAgeNs);
    return !routes.isEmpty();
  }

  private boolean keepsUse(Route route, Route best) {
    return route == inUse && !best.isBetterThan(route);
  }

  private @Nullable Route find(long via, RouteKind kind) {
    for (Route route : routes) {
      if (route.via == via && route.kind == kind) {
        return route;
      }
    }
    return null;
  }

  private void dropWorst(long maxAgeNs, long nowNs) {
    expire(maxAgeNs, nowNs);
    while (routes.size() > MAX) {
      Route worst = routes.getFirst();
      for (Route route : routes) {
        if (worst.isBetterThan(route)) {
          worst = route;
        }
      }
      routes.remove(worst);
      inUse = inUse == worst ? null : inUse;
    }
  }
}
