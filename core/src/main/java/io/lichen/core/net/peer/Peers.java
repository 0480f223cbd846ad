// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.peer;

import io.lichen.core.net.PeerEvent;
import io.lichen.core.net.PeerState;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.SessionEnd;
import java.util.function.Consumer;

/**
 * Keeps the peers up to date with the sessions and their heartbeats, and tells what changes; loop
 * only, but for the table.
 */
public final class Peers {
  /** What becomes of the peers matters to other parts of a node. */
  public interface Listener {
    /** There is a session with this peer: the first, or one in place of another. */
    void onConnected(Peer peer);

    /** The session of a peer goes on over another path: with a relay or without. */
    void onMoved(Peer peer);

    /** A peer's heartbeats came again after they had been missed. */
    void onRecovered(Peer peer);

    /**
     * A peer has failed: what is known of it by its word alone does not count until it recovers.
     */
    void onFailed(Peer peer);

    /** There is no session with the peer any more. */
    void onGone(Peer peer);
  }

  private final PeerTable table = new PeerTable();
  private final PeerCounters counters;
  private final FailureDetector detector;
  private final Listener listener;
  private final Consumer<PeerEvent> news;

  /**
   * Makes one without peers.
   *
   * @param timeoutNs the session timeout
   * @param news gets every event; must not block
   */
  public Peers(long timeoutNs, Listener listener, Consumer<PeerEvent> news, PeerCounters counters) {
    this.listener = listener;
    this.news = news;
    this.counters = counters;
    this.detector = new FailureDetector(timeoutNs, new Judgement());
  }

  /** The peers. */
  public PeerTable table() {
    return table;
  }

  /** A session was established. */
  public void onSession(NetSession session, long nowNs) {
    boolean isNew = table.put(session, nowNs);
    Peer peer = table.find(session.peerNodeId());
    if (peer == null) {
      return;
    }
    peer.state(PeerState.ALIVE);
    counters.sessions.increment();
    tell(isNew ? PeerEvent.Type.CONNECTED : PeerEvent.Type.RECONNECTED, peer);
    listener.onConnected(peer);
  }

  /** The packets of a session take another path. */
  public void onMoved(NetSession session) {
    Peer peer = table.find(session.peerNodeId());
    if (peer != null && peer.session() == session) {
      tell(PeerEvent.Type.MOVED, peer);
      listener.onMoved(peer);
    }
  }

  /** A session is over. */
  public void onSessionEnded(NetSession session, SessionEnd reason) {
    counters.sessionsEnded(reason).increment();
    Peer peer = table.remove(session);
    if (peer != null) {
      tell(PeerEvent.Type.DISCONNECTED, peer);
      listener.onGone(peer);
    }
  }

  /** An authentic heartbeat came in. */
  public void onHeartbeat(NetSession session, long nowNs) {
    counters.heartbeatsReceived.increment();
    Peer peer = table.find(session.peerNodeId());
    if (peer != null && peer.session() == session) {
      detector.onHeartbeat(peer, nowNs);
    }
  }

  /**
   * A peer was granted a subscription: that counts as a heartbeat, whatever state it is in. A peer
   * that had failed and subscribes again is so alive again, and fails again if no heartbeats follow
   * – or its subscription would stand on no other sign of life.
   */
  public void onSubscribed(long nodeId, long nowNs) {
    Peer peer = table.find(nodeId);
    if (peer != null) {
      detector.onHeartbeat(peer, nowNs);
    }
  }

  /** Sends heartbeats to all peers and looks who was not heard of. */
  public void onTick(long nowNs) {
    for (Peer peer : table.all()) {
      var unused = peer.session().sendHeartbeat();
      counters.heartbeatsSent.increment();
    }
    detector.onTick(table.all(), nowNs);
  }

  private void tell(PeerEvent.Type type, Peer peer) {
    news.accept(new PeerEvent(type, peer.info()));
  }

  private final class Judgement implements FailureDetector.Listener {
    @Override
    public void onWorse(Peer peer) {
      if (peer.state() == PeerState.SUSPECTED) {
        tell(PeerEvent.Type.SUSPECTED, peer);
        return;
      }
      counters.failed.increment();
      tell(PeerEvent.Type.FAILED, peer);
      listener.onFailed(peer);
    }

    @Override
    public void onRecovered(Peer peer, PeerState before) {
      counters.recovered.increment();
      tell(PeerEvent.Type.RECOVERED, peer);
      listener.onRecovered(peer);
    }

    @Override
    public void onGivenUp(Peer peer) {
      counters.evicted.increment();
      peer.session().close();
    }
  }
}
