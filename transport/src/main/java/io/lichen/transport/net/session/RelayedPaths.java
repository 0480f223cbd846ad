// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.transport.net.handshake.NetHandshake;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whose sessions go through this node, learnt from the routed packets that it forwarded: with it a
 * relay tells where a packet belongs that an endpoint sent without a routing header
 * (docs/wire/net-transport.md, "Rescue"). Nothing here is authenticated; a lie leads packets astray
 * that were lost anyway. On the loop.
 */
final class RelayedPaths {
  /** Pairs of nodes remembered; the one not used for longest gives way. */
  static final int MAX_PATHS = 1024;

  /** Sessions remembered, likewise. */
  static final int MAX_SESSIONS = 4096;

  /** How long after a handshake an unknown session of that neighbour is taken for its outcome. */
  static final long AWAIT_NS = 10_000_000_000L;

  /** One end of a path. */
  static final class End {
    final int routingId;
    long nodeId;
    boolean nodeKnown;
    @Nullable InetSocketAddress hop;

    End(int routingId) {
      this.routingId = routingId;
    }
  }

  private record Pair(int low, int high) {
    static Pair of(int one, int other) {
      return new Pair(Math.min(one, other), Math.max(one, other));
    }
  }

  private static final class Path {
    final End one;
    final End other;
    long answeredNs;
    boolean answered;

    Path(Pair pair) {
      one = new End(pair.low());
      other = new End(pair.high());
    }

    End end(int routingId) {
      return one.routingId == routingId ? one : other;
    }

    End across(End end) {
      return end == one ? other : one;
    }
  }

  /** A map that forgets what was not used for longest. */
  private static final class Recent<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;
    private final int max;

    Recent(int max) {
      super(16, 0.75f, true);
      this.max = max;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > max;
    }
  }

  private final Map<Pair, Path> paths = new Recent<>(MAX_PATHS);
  private final Map<Long, Path> sessions = new Recent<>(MAX_SESSIONS);
  private final Map<InetSocketAddress, Path> awaiting = new Recent<>(MAX_PATHS);

  /** A packet of a session was forwarded, to this hop. */
  void onPacket(
      int source, long destination, InetSocketAddress from, InetSocketAddress to, long sessionId) {
    sessions.put(sessionId, learn(source, destination, from, to));
  }

  /** A handshake message was forwarded, to this hop. */
  void onHandshake(
      int source,
      long destination,
      InetSocketAddress from,
      InetSocketAddress to,
      int length,
      long nowNs) {
    Path path = learn(source, destination, from, to);
    if (length == NetHandshake.SHORT_MESSAGE_BYTES) {
      path.answered = true;
      path.answeredNs = nowNs;
      awaiting.put(from, path);
      awaiting.put(to, path);
    }
  }

  private Path learn(int source, long destination, InetSocketAddress from, InetSocketAddress to) {
    Pair pair = Pair.of(source, (int) destination);
    Path path = paths.computeIfAbsent(pair, Path::new);
    path.end(source).hop = from;
    End target = path.end((int) destination);
    target.nodeId = destination;
    target.nodeKnown = true;
    target.hop = to;
    return path;
  }

  /**
   * Who a packet is for that came without a routing header.
   *
   * @return the end across, whose node id is known; {@code null} if this node cannot tell
   */
  @Nullable End across(InetSocketAddress from, long sessionId, long nowNs) {
    Path path = sessions.get(sessionId);
    if (path == null) {
      path = awaiting.get(from);
      if (path == null || !path.answered || nowNs - path.answeredNs > AWAIT_NS) {
        return null;
      }
      sessions.put(sessionId, path);
    }
    End end = from.equals(path.one.hop) ? path.one : path.other;
    if (!from.equals(end.hop) || from.equals(path.across(end).hop)) {
      return null;
    }
    End across = path.across(end);
    return across.nodeKnown ? across : null;
  }

  /** The routing id of the end from which such a packet came. */
  int sourceOf(InetSocketAddress from, long sessionId) {
    Path path = sessions.get(sessionId);
    if (path == null) {
      throw new IllegalStateException("session " + sessionId + " is not known");
    }
    return from.equals(path.one.hop) ? path.one.routingId : path.other.routingId;
  }
}
