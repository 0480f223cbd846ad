// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.handshake;

import io.lichen.crypto.PeerId;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** What {@link UdpHandshakes} does to the world; called while one of its methods runs. */
public interface UdpSink {
  /** Sends a datagram of this kind. */
  void send(InetSocketAddress to, int kind, byte[] payload);

  /**
   * A handshake is complete. A session that exists with this address is the same peer's: it stays
   * until the first packet of the new one, since a native may complete a handshake and then keep
   * the session that it has ("Simultaneous dial").
   *
   * @param dial the dial that this answers, {@code null} if nobody here asked for it
   * @param initiated whether this node's handshake was the one that succeeded
   */
  void established(
      InetSocketAddress address,
      Established established,
      boolean initiated,
      @Nullable UdpDial dial);

  /** A dial has failed; its address is free again. */
  void failed(UdpDial dial, boolean timedOut, String why);

  /** Something was dropped; the name is fit for a counter. */
  void refused(InetSocketAddress from, String name, String why);

  /** Who the session with this address is with, or {@code null} if there is none. */
  @Nullable PeerId sessionWith(InetSocketAddress address);
}
