// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.publish;

import io.lichen.core.moss.runtime.channel.ChannelRoute;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.runtime.peer.PeerTable;
import io.lichen.core.moss.runtime.work.NodeLoop;
import io.lichen.crypto.PeerId;
import io.lichen.gossipsub.GossipSub;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps, for every topic that this node subscribes or publishes to, the list of who would get a
 * publish now, where publishers can read it without asking the loop. The node's loop only.
 */
public final class TargetBoard implements NodeLoop.Stage {
  /** Topics kept track of: more than can be subscribed, so that there is always one to forget. */
  static final int MAX_TOPICS = 8192;

  private final GossipSub gossip;
  private final PeerTable peers;
  private final Map<String, ChannelRoute> routes = new LinkedHashMap<>();
  private final Set<String> dirty = new HashSet<>();
  private final Runnable onChanged;
  private boolean allDirty;

  /**
   * Makes an empty one.
   *
   * @param onChanged told after lists have been brought up to date
   */
  public TargetBoard(GossipSub gossip, PeerTable peers, Runnable onChanged) {
    this.gossip = gossip;
    this.peers = peers;
    this.onChanged = onChanged;
  }

  /** The route of a topic, if it is tracked. */
  @Nullable ChannelRoute route(String topic) {
    return routes.get(topic);
  }

  /** Begins to keep track of a route, and brings it up to date. */
  void track(ChannelRoute route) {
    ChannelRoute former = routes.putIfAbsent(route.topic(), route);
    if (former == null && routes.size() > MAX_TOPICS) {
      forgetOne();
    }
    refresh(route);
  }

  /** No longer keeps track of a route. */
  void forget(ChannelRoute route) {
    if (routes.remove(route.topic(), route)) {
      route.targets(null);
    }
  }

  /** Something has changed that may concern one topic. */
  public void touch(String topic) {
    if (routes.containsKey(topic)) {
      dirty.add(topic);
    }
  }

  /** Something has changed that may concern all topics. */
  public void touchAll() {
    allDirty = true;
  }

  /** Brings everything up to date now. */
  public void refreshAll() {
    allDirty = false;
    dirty.clear();
    routes.values().forEach(this::refresh);
    onChanged.run();
  }

  /** Brings up to date what was touched: once for a turn of the loop, however much came in it. */
  @Override
  public boolean run(long nowNs) {
    if (allDirty) {
      refreshAll();
    } else if (!dirty.isEmpty()) {
      dirty.forEach(topic -> refresh(routes.get(topic)));
      dirty.clear();
      onChanged.run();
    }
    return false;
  }

  @Override
  public boolean hasWork() {
    return false;
  }

  private void refresh(@Nullable ChannelRoute route) {
    if (route == null) {
      return;
    }
    List<PeerLink> links = new ArrayList<>();
    for (PeerId peer : gossip.publishTargetPeers(route.topic())) {
      PeerLink link = peers.get(peer);
      if (link != null) {
        links.add(link);
      }
    }
    route.targets(links.isEmpty() ? ChannelRoute.nobody() : links.toArray(PeerLink[]::new));
  }

  private void forgetOne() {
    for (Iterator<ChannelRoute> all = routes.values().iterator(); all.hasNext(); ) {
      ChannelRoute route = all.next();
      if (!route.isSubscribed()) {
        all.remove();
        route.targets(null);
        return;
      }
    }
  }
}
