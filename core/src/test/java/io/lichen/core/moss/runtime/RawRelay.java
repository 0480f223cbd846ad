// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static io.lichen.core.moss.runtime.TestNodes.await;

import io.lichen.core.moss.runtime.TestNodes.TestNode;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeException;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.crypto.identity.Identity;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.CloseReason;
import io.lichen.transport.moss.DialRequest;
import io.lichen.transport.moss.Era;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.MossTransport;
import io.lichen.transport.moss.MossTransportConfig;
import io.lichen.transport.moss.SessionHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** A relay that does with what it carries whatever a test wants. */
final class RawRelay implements AutoCloseable {
  private static final String NAMES_OF_RELAYING = "relay_";

  private final Identity identity = Identity.generate(new SecureRandom());
  private final MossTransport transport =
      MossTransport.open(MossTransportConfig.defaults(Era.C, "moss/1"), identity, session -> {});
  private final Map<String, MossSession> ends = new ConcurrentHashMap<>();
  private volatile Function<Envelope, List<Envelope>> deed = envelope -> List.of(envelope);

  /** Connects to a node, and says that it is a relay. */
  void attach(TestNode node) {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), node.node().info().listenPort());
    DialRequest dial = new DialRequest(Carrier.TCP, address, null, Duration.ofSeconds(5));
    MossSession session = transport.dial(dial).join();
    ends.put(session.remoteId().hex(), session);
    session.start(new Ear(session));
    send(session, RawPeer.status(identity, EnvelopeType.SUPERNODE_ANNOUNCE, "127.0.0.1:9"));
    await("it is known as one", () -> node.node().info().relayCapablePeerCount() == 1);
  }

  /** Tells one end of another. */
  void introduce(Identity about, TestNode to) {
    MossSession session = ends.get(to.node().id().hex());
    if (session != null) {
      send(session, RawPeer.announcement(about, "127.0.0.1:9"));
    }
  }

  /** What becomes of each message from now on. */
  void does(Function<Envelope, List<Envelope>> next) {
    deed = next;
  }

  /** Sends something to the end that it names as its target. */
  void send(Envelope envelope) {
    MossSession target = ends.get(envelope.relayTarget());
    if (target != null) {
      send(target, envelope);
    }
  }

  private static void send(MossSession session, Envelope envelope) {
    session.send(EnvelopeCodec.encode(envelope));
  }

  @Override
  public void close() {
    transport.close();
  }

  private final class Ear implements SessionHandler {
    private final MossSession session;

    Ear(MossSession session) {
      this.session = session;
    }

    @Override
    public void onPacket(byte[] buffer, int offset, int length) {
      try {
        Envelope envelope = EnvelopeCodec.decode(buffer, offset, length);
        if (envelope.type().startsWith(NAMES_OF_RELAYING)) {
          deed.apply(envelope).forEach(RawRelay.this::send);
        } else if (EnvelopeType.of(envelope.type()) == EnvelopeType.PING) {
          RawRelay.send(
              session, Envelope.of(EnvelopeType.PONG).requestId(envelope.requestId()).build());
        }
      } catch (EnvelopeException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void onBatchComplete() {}

    @Override
    public void onWritable() {}

    @Override
    public void onClosed(CloseReason reason) {}
  }
}
