// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.transport.net.SessionEnd;
import io.netty.util.collection.LongObjectHashMap;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a socket: by id, by node, by address (docs/wire/net-transport.md, "Sessions"). On
 * the loop.
 */
final class Sessions {
  private final EndpointContext context;
  private final LongObjectHashMap<PacketSession> byId = new LongObjectHashMap<>();
  private final LongObjectHashMap<PacketSession> byNode = new LongObjectHashMap<>();
  private final Map<InetSocketAddress, PacketSession> byAddress = new HashMap<>();
  private final DeadlineHeap deadlines = new DeadlineHeap();
  private final ArrayList<PacketSession> touched = new ArrayList<>();

  Sessions(EndpointContext context) {
    this.context = context;
  }

  @Nullable PacketSession byId(long sessionId) {
    return byId.get(sessionId);
  }

  @Nullable PacketSession byNode(long nodeId) {
    return byNode.get(nodeId);
  }

  /** Whether the latest session with this address, not through it, is still there. */
  boolean isPeer(InetSocketAddress address) {
    return byAddress.containsKey(address);
  }

  /** The sessions that need no relay; a view. */
  Collection<PacketSession> direct() {
    return Collections.unmodifiableCollection(byAddress.values());
  }

  int size() {
    return byId.size();
  }

  /** Whether one more session has room, perhaps in place of one that sleeps. */
  boolean hasRoomFor(long nodeId, long nowNs) {
    return byNode.containsKey(nodeId)
        || size() < context.config.maxSessions()
        || longestIdle(nowNs) != null;
  }

  /** Adds a session for which there is room; the one that it replaces ends. */
  void add(PacketSession session, long nowNs) {
    PacketSession replaced = byNode.get(session.peerNodeId());
    PacketSession evicted =
        replaced == null && size() >= context.config.maxSessions() ? longestIdle(nowNs) : null;
    if (evicted != null) {
      end(evicted, SessionEnd.EVICTED);
    }
    byId.put(session.id(), session);
    byNode.put(session.peerNodeId(), session);
    if (!session.viaRelay()) {
      byAddress.put(session.address(), session);
    }
    context.listener.onSession(session);
    if (replaced != null) {
      end(replaced, SessionEnd.REPLACED);
    }
  }

  /**
   * The packets of a session take another path from now on.
   *
   * @param direct the peer's address, or {@code null} for the path on which the session began
   */
  void move(PacketSession session, @Nullable InetSocketAddress direct) {
    byAddress.remove(session.address(), session);
    session.moved(direct);
    if (!session.viaRelay()) {
      byAddress.put(session.address(), session);
    }
    context.listener.onPathChanged(session);
  }

  /** Ends a session; does nothing if it has ended. */
  void end(PacketSession session, SessionEnd reason) {
    if (byId.get(session.id()) != session) {
      return;
    }
    byId.remove(session.id());
    if (byNode.get(session.peerNodeId()) == session) {
      byNode.remove(session.peerNodeId());
    }
    byAddress.remove(session.address(), session);
    deadlines.remove(session);
    session.ended();
    context.listener.onSessionEnded(session, reason);
  }

  void endAll(SessionEnd reason) {
    for (PacketSession session : List.copyOf(byId.values())) {
      end(session, reason);
    }
  }

  private @Nullable PacketSession longestIdle(long nowNs) {
    long timeoutNs = context.config.sessionTimeout().toNanos();
    PacketSession longest = null;
    for (PacketSession session : byId.values()) {
      if (nowNs - session.lastReceivedNs > timeoutNs
          && (longest == null || session.lastReceivedNs - longest.lastReceivedNs < 0)) {
        longest = session;
      }
    }
    return longest;
  }

  /** Something happened on a session: its streams are to be looked after in this turn. */
  void touch(PacketSession session) {
    if (!session.touched) {
      session.touched = true;
      touched.add(session);
    }
  }

  /** Runs the timers that are due. */
  void onTimer(long nowNs) {
    PacketSession session = deadlines.due(nowNs);
    while (session != null) {
      // Out of the heap until its next deadline is known, so that this loop ends.
      deadlines.remove(session);
      session.streams().onTimer(nowNs);
      touch(session);
      session = deadlines.due(nowNs);
    }
  }

  /** Looks after the sessions on which something happened. */
  void settle(long nowNs) {
    for (int i = 0; i < touched.size(); i++) {
      PacketSession session = touched.get(i);
      session.touched = false;
      if (session.isOpen()) {
        session.streams().flush(nowNs);
        deadlines.update(session, session.streams().nextDeadlineNs());
      }
    }
    touched.clear();
  }

  long nextDeadlineNs() {
    return deadlines.nextNs();
  }
}
