// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.crypto.PeerId;
import io.lichen.crypto.identity.Identity;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.CloseReason;
import io.lichen.transport.moss.DialRequest;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.MossTransport;
import io.lichen.transport.moss.MossTransportConfig;
import io.lichen.transport.moss.SessionListener;
import io.lichen.transport.moss.StunListener;
import io.lichen.transport.moss.TransportException;
import io.lichen.transport.moss.UdpRace;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Transports that reach each other inside one process, without handshakes and ciphers: for tests of
 * what is above. Each has an event loop of one thread, as the real one.
 */
public final class FakeNetwork implements TransportOpener {
  private final Map<Integer, FakeTransport> byPort = new ConcurrentHashMap<>();
  private final AtomicInteger ports = new AtomicInteger(40_000);
  public final List<FakeTransport> opened = new CopyOnWriteArrayList<>();

  @Override
  public MossTransport open(
      MossTransportConfig config, Identity identity, SessionListener listener) {
    int port = config.bindAddress().getPort();
    FakeTransport transport =
        new FakeTransport(
            this, config, identity, listener, port == 0 ? ports.getAndIncrement() : port);
    if (byPort.putIfAbsent(transport.port, transport) != null) {
      throw new TransportException(TransportException.Reason.BIND_FAILED, "port in use");
    }
    opened.add(transport);
    return transport;
  }

  public static final class FakeTransport implements MossTransport {
    final FakeNetwork network;
    final MossTransportConfig config;
    final Identity identity;
    final SessionListener listener;
    final int port;
    final ExecutorService eventLoop = Executors.newSingleThreadExecutor();
    final List<FakeSession> sessions = new CopyOnWriteArrayList<>();
    final List<DialRequest> dials = new CopyOnWriteArrayList<>();

    /** The largest payload of UDP sessions. */
    volatile int maxUdpPayload = 65_000;

    FakeTransport(
        FakeNetwork network,
        MossTransportConfig config,
        Identity identity,
        SessionListener listener,
        int port) {
      this.network = network;
      this.config = config;
      this.identity = identity;
      this.listener = listener;
      this.port = port;
    }

    @Override
    public InetSocketAddress localAddress() {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    public boolean listensOnTcp() {
      return true;
    }

    @Override
    public CompletableFuture<MossSession> dial(DialRequest request) {
      dials.add(request);
      FakeTransport other = network.byPort.get(request.address().getPort());
      if (other == null) {
        return CompletableFuture.failedFuture(
            new TransportException(TransportException.Reason.CONNECT_FAILED, "refused"));
      }
      FakeSession mine = new FakeSession(this, other, request.carrier(), true, request.address());
      FakeSession theirs =
          new FakeSession(
              other,
              this,
              request.carrier(),
              false,
              new InetSocketAddress(
                  InetAddress.getLoopbackAddress(),
                  50_000 + network.ports.getAndIncrement() % 9999));
      mine.other = theirs;
      theirs.other = mine;
      sessions.add(mine);
      other.sessions.add(theirs);
      other.eventLoop.execute(() -> other.listener.onInboundSession(theirs));
      return CompletableFuture.completedFuture(mine);
    }

    /** Nobody answers. */
    @Override
    public void stun(InetSocketAddress to, byte[] request, StunListener answers) {}

    @Override
    public UdpRace race(PeerId peer, Duration timeout) {
      return new FakeRace(this, peer, timeout);
    }

    @Override
    public Map<String, Long> counters() {
      return Map.of("fake.sessions", (long) sessions.size());
    }

    @Override
    public void close() {
      network.byPort.remove(port, this);
      sessions.forEach(session -> session.close(CloseReason.STOPPED));
      eventLoop.shutdown();
    }

    /** The sessions that are open, on a carrier. */
    List<FakeSession> open(Carrier carrier) {
      return sessions.stream().filter(s -> s.isOpen() && s.carrier() == carrier).toList();
    }
  }
}
