// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.peer;

import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.crypto.PeerId;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.SendResult;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One registered session: what the node's loop, the publishers and the session's event loop share
 * about it. Each field says who writes it.
 */
public final class PeerLink {
  private final MossSession session;
  private final String address;
  private final long highWaterBytes;
  private final NodeCounters counters;
  private final SlowPeers slowPeers;
  private final Liveness liveness;
  private final long registeredNs;

  // Written by publishers and the node's loop; 0 = takes what it is sent.
  private volatile long congestedSinceNs;
  private final AtomicBoolean reported = new AtomicBoolean();
  private final AtomicBoolean shed = new AtomicBoolean();
  // The node's loop only.
  private final AnnounceOutbox announcements;
  private long lastBytesIn;
  private long lastBytesOut;
  private long lastPendingBytes;

  /**
   * Makes the link of a session that is about to be registered.
   *
   * @param highWaterBytes queued bytes from which a publish waits
   */
  public PeerLink(
      MossSession session,
      long highWaterBytes,
      Liveness liveness,
      NodeCounters counters,
      SlowPeers slowPeers,
      long nowNs) {
    this.session = session;
    this.highWaterBytes = highWaterBytes;
    this.address = address(session);
    this.liveness = liveness;
    this.counters = counters;
    this.slowPeers = slowPeers;
    this.registeredNs = nowNs;
    this.announcements = new AnnounceOutbox(nowNs);
  }

  private static String address(MossSession session) {
    return session.isRelayed()
        ? session.remoteAddress().getHostString()
        : SocketAddresses.text(session.remoteAddress());
  }

  /** The session. */
  public MossSession session() {
    return session;
  }

  /** The peer at the other end. */
  public PeerId peer() {
    return session.remoteId();
  }

  /** Its socket address as {@code host:port}; {@code relay:} and an id if a relay is between. */
  public String address() {
    return address;
  }

  /** The ping state; the node's loop only. */
  public Liveness liveness() {
    return liveness;
  }

  /** What waits to be told to it; the node's loop only. */
  public AnnounceOutbox announcements() {
    return announcements;
  }

  /** When the session was registered. */
  public long registeredNs() {
    return registeredNs;
  }

  /** Whether a packet of this length fits the session's carrier. */
  public boolean fits(int lengthBytes) {
    return lengthBytes <= session.maxPayloadBytes();
  }

  /** Queues a published message, own or forwarded, and counts what became of it; any thread. */
  public SendResult publish(byte[] encoded) {
    SendResult result = session.send(encoded);
    switch (result) {
      case QUEUED -> {
        counters.messagesSent.increment();
        counters.messagesSentBytes.add(encoded.length);
      }
      case OVERFLOW -> counters.sendOverflows.increment();
      case TOO_LARGE -> counters.sendTooLarge.increment();
      case CLOSED -> {}
    }
    return result;
  }

  /** Queues anything else; any thread. */
  public void control(byte[] encoded) {
    SendResult result = session.send(encoded);
    if (result != SendResult.QUEUED && result != SendResult.CLOSED) {
      counters.controlRefused.increment();
    }
  }

  /**
   * Whether a publish should wait for this peer: its queue is above the high-water mark. Between
   * the two marks a publish that already waits is only let go when the peer has drained to the low
   * one, or by and by if the peer is slow.
   */
  public boolean isCongested() {
    boolean congested =
        !session.isWritable() && session.pendingBytes() >= highWaterBytes && session.isOpen();
    long sinceNs = congestedSinceNs;
    if (!congested && sinceNs != 0) {
      congestedSinceNs = 0;
      if (reported.compareAndSet(true, false) && session.isOpen()) {
        slowPeers.recovered(this, System.nanoTime() - sinceNs);
      }
    }
    return congested;
  }

  /** For how long {@link #isCongested} has been answered with yes every time; asking begins it. */
  long congestedForNs(long nowNs) {
    long since = congestedSinceNs;
    if (since == 0) {
      congestedSinceNs = nowNs == 0 ? 1 : nowNs;
      return 0;
    }
    return nowNs - since;
  }

  /** Somebody is about to say that it is slow; answers whether nobody has before. */
  boolean markReported() {
    return reported.compareAndSet(false, true);
  }

  /** Somebody is about to give it up for that; answers whether nobody has before. */
  boolean markShed() {
    return session.isOpen() && shed.compareAndSet(false, true);
  }

  /** Whether it was given up for being slow. */
  public boolean isShed() {
    return shed.get();
  }

  /**
   * The sign of life that the session has shown since this was last asked. The node's loop only.
   *
   * <p>Octets that went out over TCP are one only if the socket was full, for until then a dead
   * connection takes them, too. It was if no more went out than half of what waited at the last
   * look: then something waited all the time. (Half, because what waits is counted with what it
   * costs here, and what went out with its framing.)
   */
  Liveness.Sign takeSign() {
    long in = session.bytesIn();
    long out = session.bytesOut();
    long sent = out - lastBytesOut;
    boolean takes = session.carrier() == Carrier.TCP && sent > 0 && sent <= lastPendingBytes / 2;
    boolean speaks = in != lastBytesIn;
    lastBytesIn = in;
    lastBytesOut = out;
    lastPendingBytes = session.pendingBytes();
    return speaks ? Liveness.Sign.SPEAKS : takes ? Liveness.Sign.TAKES : Liveness.Sign.NONE;
  }
}
