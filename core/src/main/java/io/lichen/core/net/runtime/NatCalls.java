// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.core.net.NetError;
import io.lichen.core.net.NetException;
import io.lichen.core.net.NetNat;
import io.lichen.core.net.PeerInfo;
import io.lichen.core.net.TraversalStats;
import io.lichen.core.net.nat.DirectEnd;
import io.lichen.core.net.nat.NatCounters;
import io.lichen.core.net.peer.Peer;
import io.lichen.core.net.peer.PeerTable;
import io.lichen.core.work.Completions;
import io.lichen.nat.path.Openness;
import io.lichen.transport.net.NetTransport;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The way through NATs, as the application sees it. */
final class NatCalls implements NetNat {
  private static final int KEY_BYTES = 32;

  private final NatEngines engines;
  private final PeerTable peers;
  private final Wire wire;
  private final EngineTimers timers;
  private final Completions completions;
  private final long self;

  /** What is waited for: a node that closes has no timers that would end it. */
  private final Map<Object, CompletableFuture<?>> waiting = new ConcurrentHashMap<>();

  NatCalls(NetParts parts) {
    this.engines = parts.natEngines;
    this.peers = parts.peers.table();
    this.wire = parts.wire;
    this.timers = parts.timers;
    this.completions = parts.completions;
    this.self = parts.settings.identity().id().nodeId();
  }

  @Override
  public Openness natType() {
    return engines.classification.view().openness();
  }

  @Override
  public Optional<InetSocketAddress> reflexAddress() {
    return Optional.ofNullable(engines.classification.view().seen());
  }

  @Override
  public Openness natType(long nodeId) {
    return wire.call(() -> engines.known.openness(nodeId));
  }

  @Override
  public InetSocketAddress probeReflex(long peerNodeId) {
    return wire.await(() -> probe(peerNodeId));
  }

  @Override
  public CompletableFuture<InetSocketAddress> probeReflexAsync(long peerNodeId) {
    return completions.handOut(probe(peerNodeId));
  }

  private CompletableFuture<InetSocketAddress> probe(long peer) {
    return onLoop(
        result -> {
          if (peers.find(peer) == null) {
            fail(result, NetError.TRAVERSAL_PEER_NOT_REACHABLE, "no session with", peer);
            return;
          }
          engines.probes.probe(
              peer,
              wire.loop().nowNs(),
              seen -> {
                if (seen == null) {
                  fail(result, NetError.TRAVERSAL_REFLEX_TIMEOUT, "no answer from", peer);
                } else {
                  result.complete(seen);
                }
              });
        });
  }

  @Override
  public Openness reclassify() {
    return wire.await(this::classify);
  }

  @Override
  public CompletableFuture<Openness> reclassifyAsync() {
    return completions.handOut(classify());
  }

  private CompletableFuture<Openness> classify() {
    return onLoop(
        result ->
            engines.classification.classify(wire.loop().nowNs(), () -> result.complete(natType())));
  }

  @Override
  public void overrideReflex(InetSocketAddress external) {
    if (external.isUnresolved()) {
      throw new NetException(NetError.INVALID_ARGUMENT, external + " is not resolved");
    }
    change(nowNs -> engines.classification.override(external));
  }

  @Override
  public void clearReflexOverride() {
    change(engines.classification::clearOverride);
  }

  /** A router has opened the node's port there, or none has any more. */
  void opened(@Nullable InetSocketAddress external) {
    var unused =
        wire.execute(
            () -> {
              engines.classification.opened(external, wire.loop().nowNs());
              timers.arm(wire.loop());
            });
  }

  private void change(LongConsumer step) {
    var unused =
        wire.call(
            () -> {
              step.accept(wire.loop().nowNs());
              timers.arm(wire.loop());
              return engines;
            });
  }

  @Override
  public PeerInfo connectDirect(long peerNodeId, byte[] publicKey, long coordinatorNodeId) {
    return wire.await(() -> connect(peerNodeId, publicKey, via -> List.of(coordinatorNodeId)));
  }

  @Override
  public CompletableFuture<PeerInfo> connectDirectAsync(
      long peerNodeId, byte[] publicKey, long coordinatorNodeId) {
    return completions.handOut(connect(peerNodeId, publicKey, via -> List.of(coordinatorNodeId)));
  }

  @Override
  public PeerInfo connectDirect(long peerNodeId, byte[] publicKey) {
    return wire.await(() -> connect(peerNodeId, publicKey, engines::coordinators));
  }

  @Override
  public CompletableFuture<PeerInfo> connectDirectAsync(long peerNodeId, byte[] publicKey) {
    return completions.handOut(connect(peerNodeId, publicKey, engines::coordinators));
  }

  private CompletableFuture<PeerInfo> connect(
      long peer, byte[] publicKey, LongFunction<List<Long>> coordinators) {
    if (peer == self || publicKey.length != KEY_BYTES) {
      throw new NetException(
          NetError.INVALID_ARGUMENT,
          peer == self
              ? "a node has no session with itself"
              : "an X25519 static key has 32 bytes, not " + publicKey.length);
    }
    return onLoop(
        result ->
            engines.connects.connect(
                peer,
                publicKey,
                coordinators.apply(peer),
                wire.loop().nowNs(),
                end -> tell(result, peer, end)));
  }

  private void tell(CompletableFuture<PeerInfo> result, long node, DirectEnd end) {
    switch (end) {
      case DirectEnd.Session _ -> {
        Peer peer = peers.find(node);
        if (peer != null) {
          result.complete(peer.info());
        } else {
          fail(result, NetError.TRAVERSAL_TRANSPORT, "no session remained with", node);
        }
      }
      case DirectEnd.NotReachable _ ->
          fail(result, NetError.TRAVERSAL_PEER_NOT_REACHABLE, "no way to", node);
      case DirectEnd.NoCoordinator _ ->
          fail(result, NetError.TRAVERSAL_RENDEZVOUS_NO_RELAY, "no peer to introduce", node);
      case DirectEnd.Rejected rejected ->
          fail(
              result,
              NetError.TRAVERSAL_RENDEZVOUS_REJECTED,
              rejected.reason().text() + ", says the coordinator, of",
              node);
      case DirectEnd.PunchFailed _ ->
          fail(result, NetError.TRAVERSAL_PUNCH_FAILED, "nothing led to", node);
      case DirectEnd.Unanswered(Throwable cause) ->
          fail(result, NetError.TRAVERSAL_TRANSPORT, cause + ", dialling", node);
      case DirectEnd.Busy _ ->
          fail(result, NetError.TRAVERSAL_TRANSPORT, "too much is under way besides", node);
    }
  }

  private static void fail(CompletableFuture<?> result, NetError error, String what, long node) {
    result.completeExceptionally(
        new NetException(error, what + " node " + Long.toUnsignedString(node)));
  }

  /** Begins something on the loop; its result may come later. */
  private <T> CompletableFuture<T> onLoop(Consumer<CompletableFuture<T>> step) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Object mark = new Object();
    waiting.put(mark, result);
    boolean taken =
        wire.execute(
            () -> {
              step.accept(result);
              timers.arm(wire.loop());
            });
    if (!taken) {
      result.completeExceptionally(NodeErrors.closed());
    }
    return result.whenComplete((value, failure) -> waiting.remove(mark));
  }

  @Override
  public TraversalStats stats() {
    NatCounters counters = engines.counters;
    NetTransport transport = wire.transport();
    var ofTransport = transport.counters();
    return new TraversalStats(
        counters.punchesAttempted.sum(),
        counters.punchesSucceeded.sum(),
        counters.relayFallbacks.sum(),
        counters.punchTimeouts.sum(),
        counters.punchRejections.sum(),
        counters.noCoordinator.sum(),
        ofTransport.getOrDefault("direct_searches", 0L),
        ofTransport.getOrDefault("direct_found", 0L));
  }

  /** The loop has ended: nothing that is waited for will come. */
  void close() {
    waiting.values().forEach(result -> result.completeExceptionally(NodeErrors.closed()));
  }
}
