// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.dial;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.discovery.DiscoveryCounters;
import io.lichen.core.moss.discovery.DiscoverySource;
import io.lichen.core.moss.runtime.peer.Membership;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.runtime.peer.PeerTable;
import io.lichen.core.moss.runtime.peer.SocketAddresses;
import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.core.moss.runtime.work.NodeLoop;
import io.lichen.core.work.Completions;
import io.lichen.crypto.PeerId;
import io.lichen.nat.profile.AddressRank;
import io.lichen.transport.moss.DialRequest;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.MossTransport;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens sessions: resolves names off the loop, dials, has the session registered, and tells the
 * {@link Redialer} how it went. One dial at a time for one address. {@link #connect} may be called
 * from any thread; the rest belongs to the node's loop.
 */
public final class Dialer {
  private static final Logger LOG = LoggerFactory.getLogger(Dialer.class);

  /** What a dialer works with. */
  public record Parts(
      MossTransport transport,
      NodeLoop loop,
      PeerTable peers,
      Membership membership,
      KnownPeers known,
      Redialer redialer,
      Runnable sessionsChanged,
      Executor resolver,
      Completions completions,
      NodeCounters counters,
      DiscoveryCounters discovered,
      LongSupplier clockNs,
      Duration timeout) {}

  private final Parts parts;
  private final Map<PeerAddress, List<CompletableFuture<Void>>> underWay = new HashMap<>();

  public Dialer(Parts parts) {
    this.parts = parts;
  }

  /**
   * Connects to an address, unless it is this node's own or connected.
   *
   * @return fails with {@link MossException} of {@link MossError#CONNECT_FAILED}; completed on a
   *     thread of the executor
   */
  public CompletableFuture<Void> connect(PeerAddress address) {
    return connect(address, true);
  }

  /**
   * Tries an address behind which a NAT is likely; see {@link #connect}. From a port of its own: as
   * long as it waits in vain, no connection from the listening port could go there that the other
   * end meets (docs/wire/lichen-extensions.md, "Simultaneous open").
   */
  public CompletableFuture<Void> probe(PeerAddress address) {
    return connect(address, false);
  }

  private CompletableFuture<Void> connect(PeerAddress address, boolean mayShare) {
    CompletableFuture<Void> result = new CompletableFuture<>();
    if (isOwn(address)) {
      result.complete(null);
      return result;
    }
    parts.loop().execute(() -> begin(address, mayShare, result));
    // Resolving a name has no deadline of its own.
    return result.orTimeout(2 * parts.timeout().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Dials what the redialer says is due. */
  public void redialDue(long nowNs) {
    for (PeerAddress address : parts.redialer().takeDue(nowNs, parts.peers()::isDirect)) {
      begin(address, true, null);
    }
  }

  /** Begins a dial unless one is under way; who waits for it is told in either case. */
  private void begin(
      PeerAddress address, boolean mayShare, @Nullable CompletableFuture<Void> waiter) {
    List<CompletableFuture<Void>> pending = underWay.get(address);
    if (pending != null) {
      addTo(pending, waiter);
      return;
    }
    List<CompletableFuture<Void>> waiters = new ArrayList<>();
    addTo(waiters, waiter);
    underWay.put(address, waiters);
    PeerId peer = parts.redialer().peerAt(address);
    if (peer != null && parts.peers().isDirect(peer)) {
      finish(address, null);
      return;
    }
    parts
        .resolver()
        .execute(
            () -> {
              InetSocketAddress resolved = resolve(address);
              parts.loop().execute(() -> dial(address, resolved, mayShare, peer));
            });
  }

  private static void addTo(
      List<CompletableFuture<Void>> waiters, @Nullable CompletableFuture<Void> waiter) {
    if (waiter != null) {
      waiters.add(waiter);
    }
  }

  private void dial(
      PeerAddress address,
      @Nullable InetSocketAddress resolved,
      boolean mayShare,
      @Nullable PeerId peer) {
    if (resolved == null) {
      finish(address, new UnknownHostException("no address for host '" + address.host() + "'"));
      return;
    }
    if (isConnected(address, resolved)) {
      finish(address, null);
      return;
    }
    var unused =
        parts
            .transport()
            .dial(request(address, resolved, mayShare, peer))
            .whenComplete(
                (session, e) -> parts.loop().execute(() -> onDialled(address, session, e)));
  }

  private DialRequest request(
      PeerAddress address, InetSocketAddress resolved, boolean mayShare, @Nullable PeerId peer) {
    byte[] noiseStatic = parts.known().noiseStatic(peer);
    if (noiseStatic == null) {
      noiseStatic = parts.known().noiseStaticAt(SocketAddresses.text(resolved));
    }
    // Others that are seen from far away can say there where the listening port is.
    boolean fromListener = mayShare && AddressRank.of(resolved.getAddress()) == AddressRank.PUBLIC;
    return new DialRequest(address.carrier(), resolved, noiseStatic, parts.timeout(), fromListener);
  }

  private void onDialled(
      PeerAddress address, @Nullable MossSession session, @Nullable Throwable failure) {
    if (session == null) {
      finish(address, failure == null ? new IllegalStateException("no session") : failure);
      return;
    }
    long nowNs = parts.clockNs().getAsLong();
    Membership.Outcome outcome = parts.membership().admit(session, nowNs);
    switch (outcome) {
      case REGISTERED, ALREADY_CONNECTED -> {
        parts.counters().dialsSucceeded.increment();
        parts.redialer().reached(address, session.remoteId(), nowNs);
        if (parts.redialer().isStatic(address)) {
          parts.discovered().connected(DiscoverySource.STATIC).increment();
        }
        parts.sessionsChanged().run();
        finish(address, null);
      }
      case SELF -> finish(address, new OwnAddressException());
      case TABLE_FULL -> finish(address, new IllegalStateException("max_peers are connected"));
    }
  }

  private void finish(PeerAddress address, @Nullable Throwable failure) {
    if (failure != null) {
      parts.counters().dialsFailed.increment();
      parts.redialer().failed(address, parts.clockNs().getAsLong());
      LOG.debug("Could not connect to {}", address, failure);
    }
    List<CompletableFuture<Void>> waiters = underWay.remove(address);
    if (waiters != null && !waiters.isEmpty()) {
      // Off the loop: what hangs on the results is the application's.
      parts.completions().run(() -> complete(waiters, address, failure));
    }
  }

  private static void complete(
      List<CompletableFuture<Void>> waiters, PeerAddress address, @Nullable Throwable failure) {
    for (CompletableFuture<Void> waiter : waiters) {
      if (failure == null) {
        waiter.complete(null);
      } else {
        waiter.completeExceptionally(connectFailed(address, failure));
      }
    }
  }

  private boolean isOwn(PeerAddress address) {
    InetSocketAddress bound = parts.transport().localAddress();
    String loopback = bound.getAddress() instanceof Inet6Address ? "::1" : "127.0.0.1";
    return address.port() == bound.getPort()
        && (address.host().equals(loopback) || address.host().equals("localhost"));
  }

  private boolean isConnected(PeerAddress address, InetSocketAddress resolved) {
    return parts.peers().all().stream()
        .map(PeerLink::session)
        .anyMatch(s -> s.carrier() == address.carrier() && s.remoteAddress().equals(resolved));
  }

  private static MossException connectFailed(PeerAddress address, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return new MossException(
        MossError.CONNECT_FAILED,
        "could not connect to " + address + ": " + cause.getMessage(),
        cause);
  }

  /** Both carriers of the natives are IPv4, so such an address is preferred. */
  private static @Nullable InetSocketAddress resolve(PeerAddress address) {
    try {
      InetAddress[] all = InetAddress.getAllByName(address.host());
      InetAddress best =
          Arrays.stream(all).filter(Inet4Address.class::isInstance).findFirst().orElse(all[0]);
      return new InetSocketAddress(best, address.port());
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
