// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import io.lichen.core.moss.MossConfig;
import io.lichen.core.moss.RelayedData;
import io.lichen.core.moss.discovery.DiscoveryCounters;
import io.lichen.core.moss.runtime.dial.Dialer;
import io.lichen.core.moss.runtime.dial.KnownPeers;
import io.lichen.core.moss.runtime.dial.Redialer;
import io.lichen.core.moss.runtime.exchange.PeerExchange;
import io.lichen.core.moss.runtime.nat.NatContext;
import io.lichen.core.moss.runtime.nat.NatCounters;
import io.lichen.core.moss.runtime.nat.NatParts;
import io.lichen.core.moss.runtime.nat.ReachabilityAnswerer;
import io.lichen.core.moss.runtime.nat.punch.DirectPaths;
import io.lichen.core.moss.runtime.nat.relay.RelayCounters;
import io.lichen.core.moss.runtime.nat.relay.RelayPart;
import io.lichen.core.moss.runtime.peer.DuplicateSessionRule;
import io.lichen.core.moss.runtime.peer.Liveness;
import io.lichen.core.moss.runtime.peer.Membership;
import io.lichen.core.moss.runtime.peer.OverflowVictim;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.runtime.peer.PeerTable;
import io.lichen.core.moss.runtime.peer.SlowPeers;
import io.lichen.core.moss.runtime.work.LoopSignal;
import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.core.moss.runtime.work.NodeLoop;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.core.work.CallbackScope;
import io.lichen.core.work.Completions;
import io.lichen.core.work.EventQueue;
import io.lichen.core.work.FaultGuard;
import io.lichen.core.work.LogLimiter;
import io.lichen.crypto.PeerId;
import io.lichen.crypto.identity.Identity;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.CloseReason;
import io.lichen.transport.moss.Era;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.MossTransport;
import io.lichen.transport.moss.SendResult;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/**
 * The parts of a node's NAT traversal, as a node has them, around sessions that only write down
 * what is sent. Nothing is left under way when a call returns.
 */
final class RecordedNode implements AutoCloseable {
  /** Time stands still; all times of the recordings lie before it. */
  private static final long NOW_MS = 1_900_000_000_000L;

  private static final long NOW_NS = 1;
  private static final Executor AT_ONCE = Runnable::run;

  private final Identity identity;
  private final BiConsumer<PeerId, byte[]> sent;
  private final NodeCounters counters = new NodeCounters();
  private final CallbackScope scope =
      new CallbackScope(counters.callbackFailures, new LogLimiter(Long.MAX_VALUE / 4, () -> 0));
  private final PeerTable peers = new PeerTable();
  private final KnownPeers known = new KnownPeers(counters);
  private final NodeLoop loop =
      new NodeLoop("recorded", new LoopSignal(), () -> NOW_NS, new FaultGuard(counters.loopFaults));
  private final NatParts parts =
      new NatParts(new FaultGuard(counters.loopFaults), counters.ignoredEnvelopes);

  /**
   * Makes a node without peers.
   *
   * @param sent takes what goes out, and to whom
   * @param relayed takes what comes through relays for the application, and from whom
   */
  RecordedNode(
      Identity identity, BiConsumer<PeerId, byte[]> sent, BiConsumer<PeerId, byte[]> relayed) {
    this.identity = identity;
    this.sent = sent;
    NatContext context = context();
    EventQueue<RelayedData> data = queue("relayed data");
    data.callback(each -> relayed.accept(each.sender(), each.data()));
    new ReachabilityAnswerer(context, new NatCounters());
    parts.add(new RelayPart(context, new DirectPaths(context), new RelayCounters(), data));
    loop.start();
  }

  private <T> EventQueue<T> queue(String name) {
    return new EventQueue<>(name, AT_ONCE, scope, new LongAdder());
  }

  private NatContext context() {
    PolicyEngine mesh = new PolicyEngine();
    Membership membership = membership();
    Completions completions = new Completions(AT_ONCE, scope);
    MossTransport transport =
        proxy(
            MossTransport.class,
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "localAddress" -> at("127.0.0.1", 41030);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
    return new NatContext(
        identity,
        MossConfig.defaults(),
        Era.C,
        Duration.ofSeconds(5),
        peers,
        known,
        membership,
        new PeerExchange(
            new PeerExchange.Parts(
                identity.peerId(),
                peers,
                known,
                mesh.gossip,
                peer -> false,
                loop,
                AT_ONCE,
                () -> NOW_NS,
                counters)),
        mesh.gossip,
        loop,
        AT_ONCE,
        AT_ONCE,
        completions,
        queue("event"),
        counters,
        transport,
        dialer(membership, completions, transport),
        () -> NOW_NS,
        () -> NOW_MS,
        new Random(1),
        parts);
  }

  private Dialer dialer(Membership membership, Completions completions, MossTransport transport) {
    return new Dialer(
        new Dialer.Parts(
            transport,
            loop,
            peers,
            membership,
            known,
            new Redialer(Redialer.Params.defaults(), new Random(1)),
            () -> {},
            AT_ONCE,
            completions,
            counters,
            new DiscoveryCounters(),
            () -> NOW_NS,
            Duration.ofSeconds(5)));
  }

  private Membership membership() {
    return new Membership(
        identity.peerId(),
        new DuplicateSessionRule(identity.peerId(), true),
        peers,
        new OverflowVictim(peers, Set.of(), link -> 0),
        new Membership.Places(Integer.MAX_VALUE, 0),
        (session, nowNs) -> link(session),
        new Membership.Observer() {
          @Override
          public void joined(PeerLink link, boolean replaced, long nowNs) {}

          @Override
          public void left(PeerLink link, CloseReason reason, boolean replaced, long nowNs) {}
        });
  }

  private PeerLink link(MossSession session) {
    return new PeerLink(
        session,
        1 << 20,
        new Liveness(Liveness.Params.defaults(), NOW_NS),
        counters,
        new SlowPeers(queue("slow peer"), counters, 1),
        NOW_NS);
  }

  /** There is a session over TCP with a peer at this address. */
  void connect(PeerId peer, InetSocketAddress address) {
    MossSession session =
        proxy(
            MossSession.class,
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "remoteId" -> peer;
                  case "remoteAddress" -> address;
                  case "carrier" -> Carrier.TCP;
                  case "isRelayed" -> false;
                  case "isOpen" -> true;
                  case "pendingBytes" -> 0L;
                  case "send" -> {
                    sent.accept(peer, (byte[]) arguments[0]);
                    yield SendResult.QUEUED;
                  }
                  default -> throw new UnsupportedOperationException(method.getName());
                });
    peers.put(link(session));
  }

  /** The node knows where a peer can be dialled. */
  void knows(PeerId peer, String address) {
    known.met(peer, new byte[PeerId.BYTES], address);
  }

  /** A peer has sent this; all that follows from it has happened on return. */
  void receive(PeerId from, EnvelopeType type, Envelope envelope) {
    PeerLink link = Objects.requireNonNull(peers.get(from), "no session with the sender");
    onLoop(() -> parts.received(link, type, envelope, NOW_NS));
    // What was handed back to the loop meanwhile, like a signature that was looked at.
    onLoop(() -> {});
  }

  private void onLoop(Runnable task) {
    loop.call(
        () -> {
          task.run();
          return true;
        });
  }

  private static InetSocketAddress at(String host, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(host), port);
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @Override
  public void close() {
    loop.stop();
  }
}
