// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net;

import io.lichen.transport.net.netty.NettyNetTransport;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A node's UDP socket and the sessions on it. Thread-safe; everything of the wire happens on one
 * event loop, {@link #loop}.
 */
public interface NetTransport extends AutoCloseable {
  /**
   * Binds a node's socket and serves it from then on.
   *
   * @param listener told of what comes in
   * @throws NetTransportException with {@code BIND_FAILED} if the address cannot be bound
   */
  static NetTransport open(NetTransportConfig config, NetTransportListener listener) {
    return NettyNetTransport.open(config, listener);
  }

  /** The bound address. */
  InetSocketAddress localAddress();

  /** A copy of this node's 32-byte X25519 static key, which whoever dials it must know. */
  byte[] publicKey();

  /** The one loop of the socket, for timers and for work that belongs to the wire. */
  NetLoop loop();

  /**
   * Waits for one direct handshake of this peer, from any address (docs/wire/net-transport.md,
   * "Accepting"). Several may wait at once; each handshake is tried against all of them.
   *
   * @param peerNodeId the initiator's node id; only its low 32 bits can be checked
   * @return completes on the loop; fails with {@link NetTransportException}: {@code
   *     ALREADY_STARTED} after {@link #start}, {@code TIMEOUT} when all attempts have passed,
   *     {@code CLOSED}
   */
  CompletableFuture<NetSession> accept(long peerNodeId);

  /**
   * Opens a session to a peer. Whoever wants it no more cancels the future: nothing is sent then,
   * and no answer is taken.
   *
   * @return completes on the loop; fails with {@link NetTransportException}
   * @throws IllegalArgumentException if the dial leads to this very node
   */
  CompletableFuture<NetSession> connect(NetDial dial);

  /**
   * From now on routed handshakes of anybody who knows the pre-shared key are answered, and direct
   * ones no longer. Idempotent.
   */
  void start();

  /** Whether {@link #start} was called. */
  boolean isStarted();

  /**
   * Sends a datagram as it is, outside of any session: for pingwaves. Any thread.
   *
   * @param datagram taken over; released in any case
   */
  void sendPlain(InetSocketAddress to, ByteBuf datagram);

  /** What was dropped since the start, for every reason; reasons without drops are zero. */
  Map<DropReason, Long> drops();

  /** Other counters since the start by name: datagrams, handshakes, forwarded packets. */
  Map<String, Long> counters();

  /**
   * Ends all sessions, closes the socket and waits for its thread, unless called on it. What was
   * sent before and is still queued goes out first if credit allows; the peers are not told.
   * Idempotent.
   */
  @Override
  void close();
}
