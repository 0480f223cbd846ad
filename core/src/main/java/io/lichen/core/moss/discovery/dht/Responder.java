// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.dht;

import io.lichen.core.moss.discovery.Endpoint;
import io.lichen.core.moss.discovery.dht.Krpc.Ask;
import java.util.List;
import java.util.random.RandomGenerator;

/** Answers others' questions. Not thread-safe. */
final class Responder {
  private static final int PROTOCOL_ERROR = 203;
  private static final int METHOD_UNKNOWN = 204;

  private final NodeId self;
  private final RoutingTable table;
  private final PeerStore store;
  private final Tokens tokens;

  Responder(NodeId self, RoutingTable table, PeerStore store, RandomGenerator random, long nowNs) {
    this.self = self;
    this.table = table;
    this.store = store;
    this.tokens = new Tokens(random, nowNs);
  }

  /** The answer, which may be a refusal. */
  Krpc answer(Krpc.Query query, Endpoint from, long nowNs) {
    byte[] transaction = query.transaction();
    return switch (query.ask()) {
      case Ask.Ping ping -> new Krpc.Response(transaction, self, List.of(), List.of(), null);
      case Ask.FindNode find ->
          new Krpc.Response(transaction, self, nodes(find.target(), from, nowNs), List.of(), null);
      case Ask.GetPeers get ->
          new Krpc.Response(
              transaction,
              self,
              nodes(get.infoHash(), from, nowNs),
              peers(get.infoHash(), from, nowNs),
              tokens.issue(from.host(), nowNs));
      case Ask.AnnouncePeer announce -> announced(transaction, announce, from, nowNs);
      case Ask.Unknown unknown -> new Krpc.Failure(transaction, METHOD_UNKNOWN, "Method Unknown");
    };
  }

  private List<Contact> nodes(NodeId target, Endpoint to, long nowNs) {
    return table.closestGood(target, RoutingTable.K, nowNs).stream()
        .filter(node -> Reach.mayPass(to, node.endpoint()))
        .toList();
  }

  private List<Endpoint> peers(NodeId infoHash, Endpoint to, long nowNs) {
    return store.peers(infoHash, nowNs).stream()
        .filter(peer -> Reach.mayPass(to, peer))
        .limit(KrpcDecoder.MAX_VALUES)
        .toList();
  }

  private Krpc announced(byte[] transaction, Ask.AnnouncePeer announce, Endpoint from, long nowNs) {
    int port = announce.impliedPort() ? from.port() : announce.port();
    if (port == 0 || !tokens.isValid(announce.token(), from.host(), nowNs)) {
      return new Krpc.Failure(transaction, PROTOCOL_ERROR, "Bad token or port");
    }
    store.put(announce.infoHash(), new Endpoint(from.host(), port), nowNs);
    return new Krpc.Response(transaction, self, List.of(), List.of(), null);
  }
}
