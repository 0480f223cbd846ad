// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.peer;

import io.lichen.core.net.PeerState;

/**
 * Judges peers by the age of their latest heartbeat (docs/wire/net-peers.md, "Failure"): two
 * session timeouts make a peer suspected, three failed, and one that has failed and sent nothing at
 * all for thirty is given up. Loop only.
 */
public final class FailureDetector {
  private static final int SUSPECTED_AFTER = 2;
  private static final int FAILED_AFTER = 3;
  private static final int GIVEN_UP_AFTER = 30;

  /** Told of what the detector finds. */
  public interface Listener {
    /** The peer's state has become worse; it says how. */
    void onWorse(Peer peer);

    /** A heartbeat of a peer that was suspected or had failed. */
    void onRecovered(Peer peer, PeerState before);

    /** Nothing is to be hoped for from this peer. */
    void onGivenUp(Peer peer);
  }

  private final long timeoutNs;
  private final Listener listener;

  /**
   * Makes one.
   *
   * @param timeoutNs the session timeout
   */
  public FailureDetector(long timeoutNs, Listener listener) {
    this.timeoutNs = timeoutNs;
    this.listener = listener;
  }

  /** A heartbeat came in, or what counts as one. */
  public void onHeartbeat(Peer peer, long nowNs) {
    peer.heard(nowNs);
    PeerState before = peer.state();
    if (before != PeerState.ALIVE) {
      peer.state(PeerState.ALIVE);
      listener.onRecovered(peer, before);
    }
  }

  /** Looks at all peers. */
  public void onTick(Iterable<Peer> peers, long nowNs) {
    for (Peer peer : peers) {
      judge(peer, nowNs);
    }
  }

  private void judge(Peer peer, long nowNs) {
    long packets = peer.session().stats().packetsReceived();
    if (packets != peer.packetsSeen) {
      peer.packetsSeen = packets;
      peer.activeNs = nowNs;
    }
    long missed = (nowNs - peer.heartbeatNs) / timeoutNs;
    PeerState now =
        missed >= FAILED_AFTER
            ? PeerState.FAILED
            : missed >= SUSPECTED_AFTER ? PeerState.SUSPECTED : PeerState.ALIVE;
    // Only a heartbeat makes it better.
    if (now.compareTo(peer.state()) > 0) {
      peer.state(now);
      listener.onWorse(peer);
    }
    if (peer.state() == PeerState.FAILED && nowNs - peer.activeNs >= GIVEN_UP_AFTER * timeoutNs) {
      listener.onGivenUp(peer);
    }
  }
}
