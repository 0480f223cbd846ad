// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss;

import io.lichen.crypto.PeerId;
import io.lichen.crypto.identity.Identity;
import io.lichen.transport.moss.netty.NettyMossTransport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A node's sockets: TCP and UDP on one port, and the sessions on them. Thread-safe. */
public interface MossTransport extends AutoCloseable {
  /**
   * Binds the sockets of a node and serves them from then on.
   *
   * @param listener told of the sessions that peers open
   * @throws TransportException with {@code BIND_FAILED} if the address cannot be bound
   * @throws IllegalArgumentException if the configuration is out of range
   */
  static MossTransport open(
      MossTransportConfig config, Identity identity, SessionListener listener) {
    return NettyMossTransport.open(config, identity, listener);
  }

  /**
   * Loads the classes that {@link #open} takes, for who starts soon and has a processor to spare
   * until then. Binds nothing.
   */
  static void load() {
    NettyMossTransport.load();
  }

  /** The bound address; the port serves TCP and UDP. */
  InetSocketAddress localAddress();

  /** Whether TCP is listening too: a fixed port that is taken for TCP leaves a UDP-only node. */
  boolean listensOnTcp();

  /**
   * Opens a session to a peer. The session delivers nothing until {@link MossSession#start}.
   *
   * @return fails with {@link TransportException}
   * @throws IllegalArgumentException if the address is not resolved or the key is not 32 bytes long
   */
  CompletableFuture<MossSession> dial(DialRequest request);

  /**
   * Sends a STUN request from the UDP socket, so that the answer says how that socket is seen. For
   * 5 s the listener gets what repeats the transaction id, from whomever it comes: the listener
   * compares. 64 requests wait for answers at most; the oldest is forgotten for another. After
   * {@link #close} nothing happens.
   *
   * @param to resolved, of the socket's address family
   * @param request a STUN request; not copied
   * @throws IllegalArgumentException if the address is not resolved, or that is no STUN request
   */
  void stun(InetSocketAddress to, byte[] request, StunListener listener);

  /**
   * Opens a session over UDP to a peer that may be at any of several addresses. Nothing is sent
   * before the first is added. Who asks takes the session that comes of it.
   *
   * @param timeout bound on the whole race
   */
  UdpRace race(PeerId peer, Duration timeout);

  /**
   * Whether TCP connections can leave from the port that is listened on: not without a listener on
   * TCP, nor on a system where no two sockets can have one port.
   */
  default boolean dialsFromListener() {
    return false;
  }

  /**
   * Connects over TCP from the port that is listened on, at the moment at which the peer is asked
   * to do so, too: what leaves opens the NAT before this node for what comes. Whether both
   * connections become one, or one of them gets through, the handshake is XX.
   *
   * @param peer who has to be there
   * @param address resolved
   * @param timeout bound on connection and handshake
   * @throws IllegalArgumentException if the address is not resolved
   */
  default TcpMeeting meet(PeerId peer, InetSocketAddress address, Duration timeout) {
    throw new UnsupportedOperationException("no connection leaves from the listening port here");
  }

  /** Counters since the start by name: what was accepted, refused and dropped, and why. */
  Map<String, Long> counters();

  /** Closes the listeners and all sessions, and waits for the threads to end. Idempotent. */
  @Override
  void close();
}
