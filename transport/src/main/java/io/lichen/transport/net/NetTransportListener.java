// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Told of what a transport brings. Every method is called on the loop, never concurrently, and must
 * not block. Buffers may be read during the call only; whoever needs one longer copies it. What a
 * method throws is logged and counted, and harms neither session nor loop.
 */
public interface NetTransportListener {
  /** A session is established, by either side; it may be used at once. */
  void onSession(NetSession session);

  /**
   * A session is over; the last call for it. When a new one takes its place, that is announced
   * first.
   */
  void onSessionEnded(NetSession session, SessionEnd reason);

  /**
   * The packets of a session take another path: {@link NetSession#address} and {@link
   * NetSession#viaRelay} answer something else. The session and its streams go on. Most listeners
   * do not mind.
   */
  default void onPathChanged(NetSession session) {}

  /** An authentic heartbeat came in. */
  void onHeartbeat(NetSession session);

  /**
   * One event of a subprotocol other than stream control; the events of a packet come in order, one
   * call each. Packets come as the network delivers them, each at most once.
   *
   * @param id the subprotocol, 1 to 65535
   */
  void onSubprotocol(NetSession session, int id, ByteBuf event);

  /** Events of a stream: in order and once if it is reliable. */
  void onEvents(NetSession session, StreamEvents events);

  /**
   * Packets of a reliable stream are missing for good, because their sender never repeated them;
   * what came after them follows.
   *
   * @param sequence the first that is missing, unsigned
   * @param packets how many
   */
  void onStreamGap(NetSession session, long streamId, long sequence, long packets);

  /** A stream has failed or was given up by the peer; what is sent on it next begins anew. */
  void onStreamEnded(NetSession session, long streamId, StreamEnd reason);

  /**
   * A datagram of the size of a pingwave, which nothing authenticates. The sender's address may or
   * may not be that of a session.
   */
  void onPingwave(InetSocketAddress from, ByteBuf datagram);

  /**
   * A NAT keep-alive (docs/wire/net-nat.md, "Keep-alives"), which nothing authenticates: anybody
   * may have sent it. Most listeners do not mind.
   */
  default void onKeepAlive(InetSocketAddress from, ByteBuf datagram) {}

  /**
   * Where a routed packet for this node goes next.
   *
   * @return an address, or {@code null} if no route is known
   */
  @Nullable InetSocketAddress nextHop(long destinationNodeId);
}
