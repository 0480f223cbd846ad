// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import io.lichen.transport.moss.codec.DatagramView;
import io.lichen.transport.moss.session.UdpPacketOpener;
import io.lichen.transport.netty.Remotes;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where the peer of a UDP session is, and what shows that it has moved
 * (docs/wire/moss-transport.md, "Moves"). On the socket's event loop, but for {@link #address}.
 */
final class Whereabouts {
  /** Who has been heard so lately is where it was: somebody else sends on what it says. */
  static final long SILENCE_NS = 1_000_000_000L;

  /** Who was only said to have moved is believed to be where it is for so long. */
  static final long DOUBT_NS = 60_000_000_000L;

  /** How far a packet's number may be above the last that came: what was lost meanwhile. */
  static final long MAX_AHEAD = 1 << 16;

  private final UdpPacketOpener opener;
  private volatile InetSocketAddress address;
  private @Nullable InetSocketAddress former;
  private long movedBySequence;
  private boolean isHeard;
  private long heardNs;
  private boolean isDoubtful;
  private long doubtUntilNs;

  Whereabouts(InetSocketAddress address, UdpPacketOpener opener) {
    this.address = address;
    this.opener = opener;
  }

  /** Where the peer is; any thread. */
  InetSocketAddress address() {
    return address;
  }

  /** An authentic packet has come from there. */
  void heard(long nowNs) {
    isHeard = true;
    heardNs = nowNs;
  }

  /** Whether it is worth looking who made a packet that came from elsewhere; costs little. */
  boolean mayBe(InetSocketAddress from, DatagramView packet, long nowNs) {
    if (from.equals(former)) {
      return isNoOlderThanMove(packet);
    }
    boolean isSettled = isDoubtful && nowNs - doubtUntilNs < 0;
    long ahead = opener.ahead(packet.buffer(), packet.offset(), packet.length());
    return isHeard
        && !isSettled
        && nowNs - heardNs >= SILENCE_NS
        && ahead > 0
        && Long.compareUnsigned(ahead, MAX_AHEAD) <= 0;
  }

  /** Whether the peer has made the packet. */
  boolean isOfPeer(DatagramView packet) {
    return opener.isAuthentic(packet.buffer(), packet.offset(), packet.length());
  }

  /**
   * The peer is there from now on. If that is where it was before, it has never been away: the same
   * packet came from both, so somebody in between sends on what it hears.
   */
  void move(InetSocketAddress to, DatagramView packet, long nowNs) {
    boolean returns = to.equals(former);
    isDoubtful = returns;
    doubtUntilNs = nowNs + DOUBT_NS;
    former = returns ? null : address;
    movedBySequence = UdpPacketOpener.sequence(packet.buffer(), packet.offset());
    address = Remotes.withoutNeedlessZone(to);
  }

  /** What was under way while it moved says nothing; what was sent since shows where it is. */
  private boolean isNoOlderThanMove(DatagramView packet) {
    return packet.length() >= Long.BYTES
        && Long.compareUnsigned(
                UdpPacketOpener.sequence(packet.buffer(), packet.offset()), movedBySequence)
            >= 0;
  }
}
