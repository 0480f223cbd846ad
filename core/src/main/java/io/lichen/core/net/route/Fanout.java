// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.route;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The connected peers, their addresses, and whose turn it is to be told of a node.
 *
 * <p>Natives pass a pingwave on to all peers, which in a dense mesh is a message for each pair of
 * nodes, origin and tick. Here it goes to eight peers, or a quarter of them if that is more, taken
 * in turn for each origin: every peer gets every fourth wave of it at the latest. A route holds for
 * 18 ticks without confirmation, so there are four chances to confirm it in time, and whoever has
 * other neighbours has more.
 *
 * <p>From 240 peers on it goes to 60 of them only, as far as that tells everybody within sixteen
 * waves, which is in time for a route: a hub of a thousand nodes would otherwise pass on 50 000
 * waves in a second, a quarter of a core's work, while all of them are idle. Not thread-safe.
 */
final class Fanout {
  /** Within how many waves everybody has got one, if the peers are not too many for that. */
  static final int ROUND = 4;

  /** Within how many waves everybody has got one, however many peers there are. */
  static final int LONGEST_ROUND = 16;

  /** Peers told of one wave at once, as far as the longest round permits. */
  private static final int AT_ONCE = 60;

  /** A connected peer. */
  record Peer(long nodeId, InetSocketAddress address) {}

  private final int least;
  private final Map<Long, Peer> byId = new LinkedHashMap<>();
  private final Map<InetSocketAddress, Peer> byAddress = new HashMap<>();
  private List<Peer> peers = List.of();

  Fanout(int least) {
    this.least = least;
  }

  /** A peer is connected, or has moved; another one at its address is forgotten. */
  void add(long nodeId, InetSocketAddress address) {
    remove(nodeId);
    Peer before = byAddress.get(address);
    if (before != null) {
      remove(before.nodeId());
    }
    Peer peer = new Peer(nodeId, address);
    byId.put(nodeId, peer);
    byAddress.put(address, peer);
    peers = List.copyOf(byId.values());
  }

  void remove(long nodeId) {
    Peer peer = byId.remove(nodeId);
    if (peer != null) {
      byAddress.remove(peer.address());
      peers = List.copyOf(byId.values());
    }
  }

  /** All of them; the list does not change. */
  List<Peer> all() {
    return peers;
  }

  /** Who is at this address; {@code null} if nobody that is connected. */
  @Nullable Peer at(InetSocketAddress address) {
    return byAddress.get(address);
  }

  /**
   * Who is to be told of a node now.
   *
   * @param source who told, and needs no telling
   * @param nextHop the way to the node, where it is known already
   */
  List<Peer> choose(HeardOrigin origin, long source, OptionalLong nextHop) {
    int most = Math.max(least, Math.ceilDiv(peers.size(), round()));
    List<Peer> chosen = new ArrayList<>(Math.min(most, peers.size()));
    int looked = 0;
    while (looked < peers.size() && chosen.size() < most) {
      Peer peer = peers.get((origin.nextPeer + looked) % peers.size());
      looked++;
      boolean knows =
          peer.nodeId() == source || (nextHop.isPresent() && peer.nodeId() == nextHop.getAsLong());
      if (!knows) {
        chosen.add(peer);
      }
    }
    origin.nextPeer = peers.isEmpty() ? 0 : (origin.nextPeer + looked) % peers.size();
    return chosen;
  }

  private int round() {
    return Math.clamp(peers.size() / AT_ONCE, ROUND, LONGEST_ROUND);
  }
}
