// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.relay;

import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.core.work.SerialRunner;
import io.lichen.crypto.PeerId;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.CloseReason;
import io.lichen.transport.moss.HandshakeMode;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.SendResult;
import io.lichen.transport.moss.SessionHandler;
import io.lichen.transport.moss.TransportException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A session with a peer through relays, one of several to the same peer if both ends asked for one:
 * it hears all of them and speaks through the latest. Seals, opens and waits on threads of its own.
 *
 * <p>Closed as a duplicate, because a direct session has taken its place, it takes nothing more to
 * send, but still sends what it has taken and delivers what comes, as long as there is a way. What
 * has come by the end of the last way is delivered before the session ends.
 */
final class RelayedSession implements MossSession {
  /** Whom it tells of what happens to it; any thread. */
  interface Owner {
    /** It has been closed; {@code draining} if what is under way still counts. */
    void closed(RelayedSession session, CloseReason reason, boolean draining);

    /** Its last way was closed before it had sent all that it had taken, in this order. */
    void leftOver(RelayedSession session, List<byte[]> envelopes);

    /** Application data has come; {@code sealed} if its sender is proven. */
    void data(PeerId sender, byte[] data, boolean sealed);
  }

  /** What all relayed sessions of a node share. */
  record Shared(
      Executor executor,
      int highWaterBytes,
      int maxQueuedBytes,
      NodeCounters counters,
      RelayCounters relays,
      Owner owner) {}

  private enum Phase {
    OPEN,
    DRAINING,
    DELIVERING,
    CLOSED
  }

  private final PeerId remote;
  private final byte[] remoteStatic;
  private final boolean outbound;
  private final InetSocketAddress address;
  private final Shared shared;
  private final List<Tunnel> tunnels = new CopyOnWriteArrayList<>();
  private final RelayOutbox outbox;
  private final RelayInbox inbox;
  private final SerialRunner receiver;
  private final Object lock = new Object();
  private volatile Phase phase = Phase.OPEN;
  private volatile CloseReason closeReason = CloseReason.REMOTE_CLOSED;
  private volatile @Nullable SessionHandler handler;
  private volatile boolean reading = true;

  /** Makes one that knows one way. */
  RelayedSession(Tunnel first, byte[] remoteStatic, Shared shared) {
    this.remote = first.session().remote();
    this.remoteStatic = remoteStatic;
    this.outbound = first.session().initiator();
    this.address = InetSocketAddress.createUnresolved("relay:" + first.session().via().hex(), 0);
    this.shared = shared;
    tunnels.add(first);
    this.receiver = new SerialRunner(shared.executor(), this::receive);
    this.outbox = new RelayOutbox(shared, this::current, receiver::request);
    this.inbox = new RelayInbox(shared, remote);
  }

  /** Adds a way, which is spoken through from now on. */
  void add(Tunnel tunnel) {
    tunnels.add(tunnel);
  }

  /** A way is closed; without any the session is over. */
  void remove(Tunnel tunnel) {
    tunnels.remove(tunnel);
    if (tunnels.isEmpty()) {
      runOut();
    }
  }

  private void runOut() {
    boolean replaced;
    synchronized (lock) {
      if (phase != Phase.OPEN && phase != Phase.DRAINING) {
        return;
      }
      replaced = phase == Phase.DRAINING;
      phase = Phase.DELIVERING;
    }
    List<byte[]> unsent = outbox.takeEnvelopes();
    if (!replaced) {
      shared.owner().closed(this, CloseReason.REMOTE_CLOSED, false);
    } else if (!unsent.isEmpty()) {
      shared.owner().leftOver(this, unsent);
    }
    receiver.request();
  }

  /** The ways that are open. */
  List<Tunnel> tunnels() {
    return tunnels;
  }

  /** The way that is spoken through; {@code null} if none is left. */
  @Nullable Tunnel current() {
    Tunnel latest = null;
    for (Tunnel tunnel : tunnels) {
      latest = tunnel;
    }
    return latest;
  }

  /** A payload has come. */
  void receive(Tunnel tunnel, byte[] payload) {
    if (inbox.add(tunnel, payload)) {
      receiver.request();
    }
  }

  /** Sends application data, sealed; {@code false} if there is no room, or it is too long. */
  boolean sendData(byte[] data) {
    byte[] encoded =
        EnvelopeCodec.encode(Envelope.of(EnvelopeType.LICHEN_RELAY).payload(data).build());
    return phase == Phase.OPEN
        && encoded.length <= maxPayloadBytes()
        && outbox.addData(encoded) == SendResult.QUEUED;
  }

  /** Sends application data as it is; {@code false} likewise. */
  boolean sendRaw(byte[] data) {
    return phase == Phase.OPEN
        && data.length <= maxTunnelBytes()
        && outbox.addRaw(data) == SendResult.QUEUED;
  }

  /** When something was last sent or received. */
  long lastActivityNs() {
    return Math.max(outbox.lastSentNs(), inbox.lastReceivedNs());
  }

  /** When something was last received; when it began, if nothing was. */
  long lastReceivedNs() {
    return inbox.lastReceivedNs();
  }

  /** Whether nothing waits to be sent or delivered. */
  boolean isQuiet() {
    return outbox.isEmpty() && inbox.isEmpty();
  }

  @Override
  public PeerId remoteId() {
    return remote;
  }

  @Override
  public byte[] remoteStatic() {
    return remoteStatic.clone();
  }

  @Override
  public Carrier carrier() {
    return Carrier.RELAY;
  }

  @Override
  public boolean outbound() {
    return outbound;
  }

  /** There was none: what both ends know of each other is what IK begins with. */
  @Override
  public HandshakeMode handshakeMode() {
    return HandshakeMode.IK;
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return address;
  }

  @Override
  public boolean isOpen() {
    return phase == Phase.OPEN;
  }

  @Override
  public void start(SessionHandler started) {
    synchronized (lock) {
      if (handler != null) {
        throw new IllegalStateException("the session was started before");
      }
      handler = started;
    }
    receiver.request();
  }

  @Override
  public SendResult send(byte[] payload) {
    if (phase != Phase.OPEN) {
      return SendResult.CLOSED;
    }
    return payload.length > maxPayloadBytes() ? SendResult.TOO_LARGE : outbox.addEnvelope(payload);
  }

  /** What the narrowest of the ways takes, without what sealing, base64 and names add. */
  @Override
  public int maxPayloadBytes() {
    return Math.max(0, maxTunnelBytes() - Tunnel.sealedBytes(0));
  }

  private int maxTunnelBytes() {
    int most = Integer.MAX_VALUE;
    for (Tunnel tunnel : tunnels) {
      most = Math.min(most, tunnel.maxPayloadBytes());
    }
    return most;
  }

  @Override
  public long pendingBytes() {
    return outbox.bytes();
  }

  @Override
  public boolean isWritable() {
    return outbox.isWritable();
  }

  @Override
  public long bytesIn() {
    return inbox.bytesIn();
  }

  @Override
  public long bytesOut() {
    return outbox.bytesOut();
  }

  @Override
  public void setReading(boolean nowReading) {
    reading = nowReading;
    receiver.request();
  }

  @Override
  public CompletableFuture<InetSocketAddress> observe(Duration timeout) {
    return CompletableFuture.failedFuture(
        new TransportException(
            TransportException.Reason.UNSUPPORTED, "nobody sees an address through a relay"));
  }

  @Override
  public void close(CloseReason reason) {
    boolean draining;
    synchronized (lock) {
      if (phase != Phase.OPEN) {
        return;
      }
      draining = reason == CloseReason.DUPLICATE && handler != null && !tunnels.isEmpty();
      closeReason = reason;
      phase = draining ? Phase.DRAINING : Phase.CLOSED;
    }
    if (!draining) {
      outbox.clear();
      receiver.request();
    }
    shared.owner().closed(this, reason, draining);
  }

  /** One run of the receiving thread. */
  private void receive() {
    SessionHandler target = handler;
    if (target == null) {
      return;
    }
    if (reading) {
      inbox.deliver(target, () -> reading && phase != Phase.CLOSED);
    }
    if (phase == Phase.DELIVERING && inbox.isEmpty()) {
      phase = Phase.CLOSED;
    }
    if (outbox.takeWritable()) {
      target.onWritable();
    }
    if (phase == Phase.CLOSED && inbox.takeEnd()) {
      target.onClosed(closeReason);
    }
  }
}
