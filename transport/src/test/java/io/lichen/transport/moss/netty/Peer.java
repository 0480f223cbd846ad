// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import io.lichen.crypto.identity.Identity;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.DialRequest;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.MossTransport;
import io.lichen.transport.moss.MossTransportConfig;
import io.lichen.transport.moss.TransportException;
import io.lichen.transport.netty.SocketKit;
import io.lichen.transport.rate.HandshakeRate;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A transport under test, with the sessions that others opened to it. */
final class Peer implements AutoCloseable {
  final Identity identity;
  final NettyMossTransport transport;
  final BlockingQueue<MossSession> inbound = new LinkedBlockingQueue<>();

  Peer(MossTransportConfig config) {
    this(config, Identity.generate(new SecureRandom()), new SocketKit());
  }

  Peer(MossTransportConfig config, Identity identity, SocketKit kit) {
    this(config, identity, kit, HandshakeRate::ofStrangers);
  }

  Peer(
      MossTransportConfig config, Identity identity, SocketKit kit, Supplier<HandshakeRate> rates) {
    this.identity = identity;
    this.transport = NettyMossTransport.open(config, identity, inbound::add, kit, rates);
  }

  MossSession dial(MossTransport to, Carrier carrier) {
    return dial(to, carrier, null);
  }

  MossSession dial(MossTransport to, Carrier carrier, byte @Nullable [] remoteStatic) {
    return dial(new DialRequest(carrier, to.localAddress(), remoteStatic, Duration.ofSeconds(5)));
  }

  MossSession dial(DialRequest request) {
    try {
      return transport.dial(request).join();
    } catch (CompletionException e) {
      throw (TransportException) e.getCause();
    }
  }

  MossSession accepted() {
    try {
      MossSession session = inbound.poll(10, TimeUnit.SECONDS);
      if (session == null) {
        throw new AssertionError("no inbound session within 10 s");
      }
      return session;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  long counter(String name) {
    Map<String, Long> counters = transport.counters();
    return counters.getOrDefault(name, 0L);
  }

  @Override
  public void close() {
    transport.close();
  }
}
