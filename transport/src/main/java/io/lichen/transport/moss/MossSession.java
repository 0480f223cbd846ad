// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss;

import io.lichen.crypto.PeerId;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * An encrypted session with one peer. All methods may be called from any thread.
 *
 * <p>Packets go out in the order of the calls of any one thread. Over UDP they may be lost or
 * reordered on the way.
 */
public interface MossSession {
  /** The peer at the other end, proven by the handshake. */
  PeerId remoteId();

  /** A copy of the peer's 32-byte Noise static key, with which a later dial can use IK. */
  byte[] remoteStatic();

  /** What carries the session. */
  Carrier carrier();

  /** Whether a third node is between the two ends. */
  default boolean isRelayed() {
    return carrier() == Carrier.RELAY;
  }

  /** Whether this node opened it. */
  boolean outbound();

  /**
   * Whether it is a TCP connection of the port that this node listens on, so that the other end
   * sees where a NAT has put that port.
   */
  default boolean usesListeningPort() {
    return false;
  }

  /** How the handshake went. */
  HandshakeMode handshakeMode();

  /**
   * The other end's socket address; of a relayed session an unresolved one, whose host string is
   * {@code relay:} and the relay's id.
   */
  InetSocketAddress remoteAddress();

  /** Whether it has not ended. */
  boolean isOpen();

  /**
   * Begins delivery to the handler; packets that came before are delivered first. To be called
   * once.
   *
   * @throws IllegalStateException if it was started before
   */
  void start(SessionHandler handler);

  /**
   * Queues one packet for stream 1. Never blocks.
   *
   * @param payload an envelope; must not be changed afterwards, and may be given to several
   *     sessions
   */
  SendResult send(byte[] payload);

  /**
   * The longest payload that {@link #send} takes, in bytes. Over TCP what a frame may hold; over
   * UDP what one datagram holds: 65448 in era C, 65478 in era A.
   */
  int maxPayloadBytes();

  /**
   * Bytes queued and not yet taken by the socket; each payload counts with 32 bytes on top of its
   * own.
   */
  long pendingBytes();

  /** Whether the outbound queue is below its high-water mark. */
  boolean isWritable();

  /** Payload bytes received since the session began, including framing. */
  long bytesIn();

  /** Payload bytes handed to the socket since the session began, including framing. */
  long bytesOut();

  /**
   * Stops or resumes taking packets from the socket. Over TCP the peer is slowed down, and what has
   * been read already (up to 256 KiB) is still delivered; over UDP packets beyond a bound of 256
   * are dropped and counted.
   */
  void setReading(boolean reading);

  /**
   * Asks the peer which address it sees this node at (UDP sessions only).
   *
   * @return fails with {@link TransportException} on timeout, or at once on a TCP session
   */
  CompletableFuture<InetSocketAddress> observe(Duration timeout);

  /** Ends the session; idempotent. The first reason given is the one reported. */
  void close(CloseReason reason);
}
