// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.relay;

import io.lichen.core.moss.runtime.TestLinks;
import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeException;
import io.lichen.crypto.PeerId;
import io.lichen.nat.relay.RelayRate;
import io.lichen.nat.relay.RelaySession;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.SendResult;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Two ends without a relay between them: what it would be sent comes to the test. */
final class TestTunnels {
  static final PeerId LOCAL = id(1);
  static final PeerId REMOTE = id(2);
  private static final PeerId VIA = id(3);

  final NodeCounters counters = new NodeCounters();
  final RelayCounters relays = new RelayCounters();
  private final Consumer<Envelope> relay;

  /**
   * @param relay takes what ends send, on their executor
   */
  TestTunnels(Consumer<Envelope> relay) {
    this.relay = relay;
  }

  private static PeerId id(int fill) {
    byte[] octets = new byte[PeerId.BYTES];
    Arrays.fill(octets, (byte) fill);
    return PeerId.of(octets);
  }

  static RelayPace pace(RelayRate rate) {
    return new RelayPace(rate, new Random(2), System.nanoTime());
  }

  /** The way of one end to the other. */
  Tunnel way(PeerId from, PeerId to, RelayPace pace) {
    return new Tunnel(
        new RelaySession<>("name", VIA, to, true),
        from,
        "net",
        new byte[32],
        TestLinks.link(via(), counters, 0),
        pace,
        new Random(1));
  }

  /** The session that has this way. */
  RelayedSession session(Tunnel way, Executor executor, RelayedSession.Owner owner) {
    return new RelayedSession(
        way,
        new byte[32],
        new RelayedSession.Shared(executor, 1 << 20, 1 << 20, counters, relays, owner));
  }

  private MossSession via() {
    return (MossSession)
        Proxy.newProxyInstance(
            MossSession.class.getClassLoader(),
            new Class<?>[] {MossSession.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "remoteAddress" -> new InetSocketAddress("192.0.2.1", 1);
                  case "isRelayed" -> false;
                  case "isOpen", "isWritable" -> true;
                  case "maxPayloadBytes" -> 1 << 20;
                  case "send" -> {
                    relay.accept(decode((byte[]) arguments[0]));
                    yield SendResult.QUEUED;
                  }
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static Envelope decode(byte[] encoded) throws EnvelopeException {
    return EnvelopeCodec.decode(encoded, 0, encoded.length);
  }
}
