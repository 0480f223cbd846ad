// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.crypto.identity.Identity;
import io.lichen.transport.moss.DialRequest;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.MossTransport;
import io.lichen.transport.moss.MossTransportConfig;
import io.lichen.transport.moss.SessionListener;
import io.lichen.transport.moss.TransportException;
import io.lichen.transport.moss.UdpRace;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Real sockets of which some ports cannot be dialled, as if a NAT were before them. */
final class GatedTransport implements TransportOpener {
  private final Set<Integer> shut = ConcurrentHashMap.newKeySet();

  /** Nobody gets in there. */
  void shut(int port) {
    shut.add(port);
  }

  /** Everybody gets in everywhere. */
  void openAll() {
    shut.clear();
  }

  @Override
  public MossTransport open(
      MossTransportConfig config, Identity identity, SessionListener listener) {
    MossTransport real = MossTransport.open(config, identity, listener);
    return (MossTransport)
        Proxy.newProxyInstance(
            MossTransport.class.getClassLoader(),
            new Class<?>[] {MossTransport.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("dial") && isShut((DialRequest) arguments[0])) {
                return refused();
              }
              if (method.getName().equals("race") && !shut.isEmpty()) {
                return new DeadRace();
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** A race for a place where nothing gets in. */
  private record DeadRace(CompletableFuture<MossSession> session) implements UdpRace {
    DeadRace() {
      this(new CompletableFuture<>());
      session.orTimeout(5, TimeUnit.SECONDS);
    }

    @Override
    public void add(InetSocketAddress address) {}

    @Override
    public void cancel() {
      session.completeExceptionally(
          new TransportException(TransportException.Reason.CLOSED, "given up"));
    }
  }

  private boolean isShut(DialRequest request) {
    return shut.contains(request.address().getPort());
  }

  private static CompletableFuture<MossSession> refused() {
    return CompletableFuture.failedFuture(
        new TransportException(TransportException.Reason.CONNECT_FAILED, "shut"));
  }
}
