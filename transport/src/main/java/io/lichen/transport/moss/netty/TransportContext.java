// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import io.lichen.transport.moss.CloseReason;
import io.lichen.transport.moss.MossTransportConfig;
import io.lichen.transport.moss.SessionListener;
import io.lichen.transport.moss.TransportException;
import io.lichen.transport.moss.handshake.HandshakeContext;
import io.lichen.transport.rate.HandshakeRate;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the parts of one transport share. Thread-safe. */
final class TransportContext {
  private static final Logger LOG = LoggerFactory.getLogger(TransportContext.class);
  private static final int MIN_FRAME_CAP_BYTES = 1 << 20;
  private static final int FRAME_CAP_MARGIN_BYTES = 64 * 1024;
  private static final int FRAME_CAP_MAX_BYTES = 1 << 30;

  private final MossTransportConfig config;
  private final HandshakeContext handshakes;
  private final SessionListener listener;
  private final Ledger ledger = new Ledger();
  private final PendingLimits tcpPending;
  // Apart from each other: anybody can put another's address on a datagram.
  private final HandshakeRate tcpRate;
  private final HandshakeRate udpRate;
  private volatile int sharedPort;
  private final Set<NettySession> sessions = ConcurrentHashMap.newKeySet();
  private final FastThreadLocal<LoopBuffers> loopBuffers =
      new FastThreadLocal<>() {
        @Override
        protected LoopBuffers initialValue() {
          return new LoopBuffers();
        }
      };

  TransportContext(
      MossTransportConfig config,
      HandshakeContext handshakes,
      SessionListener listener,
      Supplier<HandshakeRate> rates) {
    this.config = config;
    this.handshakes = handshakes;
    this.listener = listener;
    this.tcpPending =
        new PendingLimits(config.maxPendingHandshakes(), config.maxPendingHandshakesPerAddress());
    this.tcpRate = rates.get();
    this.udpRate = rates.get();
  }

  /** How a request ends that came after the end, or was under way then. */
  static TransportException closed() {
    return new TransportException(TransportException.Reason.CLOSED, "the transport is closed");
  }

  /** Connections may leave from the port that is listened on; 0 if not. */
  void sharedPort(int port) {
    sharedPort = port;
  }

  /** Whether this is the port that is listened on, and that connections may leave from. */
  boolean isSharedPort(int port) {
    return port != 0 && port == sharedPort;
  }

  MossTransportConfig config() {
    return config;
  }

  HandshakeContext handshakes() {
    return handshakes;
  }

  /** Hands over a session that a peer opened; nobody else would close it if that fails. */
  void announce(NettySession session) {
    try {
      listener.onInboundSession(session);
    } catch (RuntimeException e) {
      LOG.error("closing the session with {}: the listener failed", session.remoteId(), e);
      session.close(CloseReason.LOCAL_CLOSED);
    }
  }

  Ledger ledger() {
    return ledger;
  }

  PendingLimits tcpPending() {
    return tcpPending;
  }

  HandshakeRate tcpRate() {
    return tcpRate;
  }

  HandshakeRate udpRate() {
    return udpRate;
  }

  /** Sessions that have not ended. */
  Set<NettySession> sessions() {
    return sessions;
  }

  /** The scratch arrays of the event loop that asks. */
  LoopBuffers loopBuffers() {
    return loopBuffers.get();
  }

  /** The longest body of a session frame, sent or received ("Session frames"). */
  int maxFrameBodyBytes() {
    long scaled = config.maxMessageBytes() * 5L / 2 + FRAME_CAP_MARGIN_BYTES;
    return (int) Math.min(Math.max(MIN_FRAME_CAP_BYTES, scaled), FRAME_CAP_MAX_BYTES);
  }
}
