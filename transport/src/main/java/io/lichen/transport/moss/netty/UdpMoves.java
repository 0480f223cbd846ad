// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import io.lichen.transport.moss.codec.DatagramView;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the session of a packet that has come from an address without one: its peer's NAT has
 * forgotten it, or its router has got another address (docs/wire/moss-transport.md, "Moves"). What
 * strangers can make it do is bounded. On the socket's event loop.
 */
final class UdpMoves {
  /** Longer packets are not looked at: who is alive sends short ones, too. */
  static final int MAX_BYTES = 2048;

  /** Sessions that are tried for one packet. */
  static final int MAX_TRIALS = 64;

  /** Packets that are looked at at once, and in a second. */
  static final int MAX_PACKETS = 256;

  private static final long INTERVAL_NS = 1_000_000_000L / MAX_PACKETS;

  private long restedNs = System.nanoTime();
  private int turn;

  /** The silent session whose peer has made a packet; {@code null} if there is none. */
  @Nullable UdpSession find(
      InetSocketAddress from, DatagramView packet, Collection<UdpSession> sessions, long nowNs) {
    if (packet.length() > MAX_BYTES || sessions.isEmpty() || !mayLook(nowNs)) {
      return null;
    }
    List<UdpSession> sameHost = new ArrayList<>();
    List<UdpSession> others = new ArrayList<>();
    for (UdpSession session : sessions) {
      if (session.isOpen() && session.whereabouts().mayBe(from, packet, nowNs)) {
        boolean isSame = from.getAddress().equals(session.remoteAddress().getAddress());
        (isSame ? sameHost : others).add(session);
      }
    }
    UdpSession near = first(sameHost, packet);
    return near == null ? first(others, packet) : near;
  }

  /** Where there are too many, others have their turn with the peer's next packet. */
  private @Nullable UdpSession first(List<UdpSession> candidates, DatagramView packet) {
    int trials = Math.min(candidates.size(), MAX_TRIALS);
    for (int i = 0; i < trials; i++) {
      turn = (turn + 1) & Integer.MAX_VALUE;
      UdpSession candidate = candidates.get(turn % candidates.size());
      if (candidate.whereabouts().isOfPeer(packet)) {
        return candidate;
      }
    }
    return null;
  }

  private boolean mayLook(long nowNs) {
    long from = restedNs - nowNs < 0 ? nowNs : restedNs;
    if (from + INTERVAL_NS - nowNs > MAX_PACKETS * INTERVAL_NS) {
      return false;
    }
    restedNs = from + INTERVAL_NS;
    return true;
  }
}
