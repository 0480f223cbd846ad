// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.crypto.PeerId;
import io.lichen.crypto.identity.Identity;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.MossTransport;
import io.lichen.transport.moss.MossTransportConfig;
import io.lichen.transport.moss.SessionListener;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.function.Function;

/**
 * Real sockets whose inbound sessions seem to come from elsewhere: on loopback everybody is in the
 * same place, which is none.
 *
 * @param places from where whom
 */
record PlacedTransport(Function<PeerId, InetSocketAddress> places) implements TransportOpener {
  @Override
  public MossTransport open(
      MossTransportConfig config, Identity identity, SessionListener listener) {
    return MossTransport.open(
        config, identity, session -> listener.onInboundSession(placed(session)));
  }

  private MossSession placed(MossSession session) {
    InetSocketAddress place = places.apply(session.remoteId());
    return (MossSession)
        Proxy.newProxyInstance(
            MossSession.class.getClassLoader(),
            new Class<?>[] {MossSession.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("remoteAddress")) {
                return place;
              }
              try {
                return method.invoke(session, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
