// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import io.lichen.crypto.PeerId;
import io.lichen.transport.moss.CloseReason;
import io.lichen.transport.moss.DialRequest;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.TransportException;
import io.lichen.transport.moss.TransportException.Reason;
import io.lichen.transport.moss.codec.DatagramKind;
import io.lichen.transport.moss.codec.DatagramView;
import io.lichen.transport.moss.handshake.Established;
import io.lichen.transport.moss.handshake.HandshakeException;
import io.lichen.transport.moss.handshake.UdpDial;
import io.lichen.transport.moss.handshake.UdpHandshakes;
import io.lichen.transport.moss.handshake.UdpLimits;
import io.lichen.transport.moss.handshake.UdpSink;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gives the engine of UDP handshakes its clock and timer, and turns its results into sessions and
 * answers to dials. On the socket's event loop, except {@link #dial}.
 */
final class UdpDialer implements UdpSink {
  /** How long a session of a race may take to show that the other side has it, too. */
  static final long PROOF_NS = 2_000_000_000L;

  private final TransportContext context;
  private final UdpEndpoint endpoint;
  private final UdpWriter writer;
  private final UdpHandshakes handshakes;
  private final UdpRaces races;
  private final Map<UdpDial, CompletableFuture<MossSession>> results = new HashMap<>();
  private final Set<UdpSession> unproven = new HashSet<>();
  private @Nullable ScheduledFuture<?> timer;
  private long timerNs = Long.MAX_VALUE;

  UdpDialer(TransportContext context, UdpEndpoint endpoint, UdpWriter writer) {
    this.context = context;
    this.endpoint = endpoint;
    this.writer = writer;
    UdpLimits limits =
        new UdpLimits(
            context.config().maxPendingHandshakes(),
            context.config().maxPendingHandshakesPerAddress(),
            context.config().handshakeTimeout().toNanos());
    this.handshakes = new UdpHandshakes(context.handshakes(), limits, context.udpRate(), this);
    this.races = new UdpRaces(handshakes, writer, this::rearm);
  }

  /** The races for peers. */
  UdpRaces races() {
    return races;
  }

  /** Begins a dial; any thread. */
  CompletableFuture<MossSession> dial(DialRequest request) {
    CompletableFuture<MossSession> result = new CompletableFuture<>();
    try {
      writer.loop().execute(() -> begin(request, result));
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(TransportContext.closed());
    }
    return result;
  }

  private void begin(DialRequest request, CompletableFuture<MossSession> result) {
    InetSocketAddress address = request.address();
    if (!writer.channel().isOpen()) {
      result.completeExceptionally(TransportContext.closed());
      return;
    }
    if (!writer.reaches(address)) {
      String message = "the UDP socket at " + writer.local() + " cannot reach " + address;
      result.completeExceptionally(new TransportException(Reason.UNSUPPORTED, message));
      return;
    }
    long now = System.nanoTime();
    long fallbackNs = now + IkFallback.shareNs(request.timeout());
    long deadlineNs = now + request.timeout().toNanos();
    try {
      UdpDial dial = handshakes.dial(address, request.remoteStatic(), fallbackNs, deadlineNs, now);
      if (dial == null) {
        String message = "there is a session with or a dial to " + address + " already";
        result.completeExceptionally(new TransportException(Reason.ALREADY_DIALING, message));
        return;
      }
      results.put(dial, result);
      rearm();
    } catch (HandshakeException e) {
      result.completeExceptionally(new TransportException(Reason.HANDSHAKE_FAILED, e.summary(), e));
    }
  }

  void onDatagram(InetSocketAddress from, DatagramView view) {
    if (view.kind() == DatagramKind.DONE) {
      endpoint.onDone(from);
    }
    handshakes.onDatagram(from, view.kind(), view.payload(), System.nanoTime());
    rearm();
  }

  /** The first packet of a session has come. */
  void onConfirmed(UdpSession session) {
    handshakes.onConfirmed(session.remoteAddress());
    if (unproven.remove(session)) {
      handOver(session, null);
    }
  }

  /** A session has taken another's place; its first packet is about to be taken. */
  void onReplaced(UdpSession successor) {
    handOver(successor, null);
  }

  /** The peer of a session is about to have another address. */
  void onMoved(UdpSession session) {
    handshakes.onSessionEnded(session.remoteAddress());
  }

  void onSessionEnded(UdpSession session) {
    unproven.remove(session);
    handshakes.onSessionEnded(session.remoteAddress());
  }

  void close() {
    if (timer != null) {
      timer.cancel(false);
    }
    races.close();
    results.values().forEach(result -> result.completeExceptionally(TransportContext.closed()));
    results.clear();
  }

  private void rearm() {
    long next = handshakes.nextTimerNs();
    if (next == timerNs || !writer.channel().isOpen()) {
      return;
    }
    if (timer != null) {
      timer.cancel(false);
    }
    timerNs = next;
    timer = null;
    if (next != Long.MAX_VALUE) {
      long delayNs = Math.max(0, next - System.nanoTime());
      timer = writer.loop().schedule(this::onTimer, delayNs, TimeUnit.NANOSECONDS);
    }
  }

  private void onTimer() {
    timerNs = Long.MAX_VALUE;
    timer = null;
    handshakes.onTimer(System.nanoTime());
    rearm();
  }

  // What the engine does.

  @Override
  public void send(InetSocketAddress to, int kind, byte[] payload) {
    writer.send(to, kind, payload);
  }

  @Override
  public void established(
      InetSocketAddress address,
      Established established,
      boolean initiated,
      @Nullable UdpDial dial) {
    UdpSession session =
        new UdpSession(context, endpoint, writer.loop(), established, address, initiated);
    context.ledger().count(initiated ? "udp_dialed" : "udp_accepted");
    if (!endpoint.add(session)) {
      return;
    }
    if (initiated && dial != null && dial.isRace()) {
      awaitProof(session);
    } else {
      handOver(session, dial == null ? null : results.remove(dial));
    }
  }

  /**
   * Somebody who races may have another way to the peer, which must not be given up for a session
   * that only this side believes in: kind 3 may be lost, or a native may have made another of it.
   */
  private void awaitProof(UdpSession session) {
    races.met(session.remoteId());
    unproven.add(session);
    var unused =
        writer
            .loop()
            .schedule(
                () -> {
                  if (unproven.contains(session)) {
                    context.ledger().count("udp_session_unproven");
                    session.close(CloseReason.LOCAL_CLOSED);
                  }
                },
                PROOF_NS,
                TimeUnit.NANOSECONDS);
  }

  private void handOver(UdpSession session, @Nullable CompletableFuture<MossSession> dialled) {
    CompletableFuture<MossSession> result =
        dialled == null ? races.won(session.remoteId()) : dialled;
    if (result == null) {
      context.announce(session);
    } else if (!result.complete(session)) {
      session.close(CloseReason.LOCAL_CLOSED);
    }
  }

  @Override
  public void failed(UdpDial dial, boolean timedOut, String why) {
    context.ledger().count(timedOut ? "udp_dial_timeout" : "udp_dial_failed");
    CompletableFuture<MossSession> result = results.remove(dial);
    if (result != null) {
      Reason reason = timedOut ? Reason.TIMEOUT : Reason.HANDSHAKE_FAILED;
      result.completeExceptionally(new TransportException(reason, why));
    }
  }

  @Override
  public void refused(InetSocketAddress from, String name, String why) {
    context.ledger().refuse("udp_" + name, from, why);
  }

  @Override
  public @Nullable PeerId sessionWith(InetSocketAddress address) {
    return endpoint.sessionWith(address);
  }
}
