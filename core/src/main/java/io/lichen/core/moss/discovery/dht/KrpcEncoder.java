// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.dht;

import io.lichen.core.moss.discovery.CompactPeers;
import io.lichen.core.moss.discovery.bencode.Bencode;
import io.lichen.core.moss.discovery.bencode.BencodeWriter;
import io.lichen.core.moss.discovery.dht.Krpc.Ask;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns messages into datagrams (docs/wire/moss-discovery.md, "DHT"). Stateless. */
final class KrpcEncoder {
  private KrpcEncoder() {}

  static byte[] encode(Krpc message) {
    Map<String, Bencode> members = new HashMap<>();
    members.put("t", new Bencode.Octets(message.transaction()));
    switch (message) {
      case Krpc.Query query -> query(members, query);
      case Krpc.Response response -> response(members, response);
      case Krpc.Failure failure -> failure(members, failure);
    }
    return BencodeWriter.write(new Bencode.Dictionary(members));
  }

  private static void query(Map<String, Bencode> members, Krpc.Query query) {
    Map<String, Bencode> arguments = new HashMap<>();
    arguments.put("id", id(query.id()));
    members.put("y", text("q"));
    members.put("q", text(ask(arguments, query.ask())));
    members.put("a", new Bencode.Dictionary(arguments));
    if (query.readOnly()) {
      members.put("ro", new Bencode.Whole(1));
    }
  }

  /** Puts the arguments; answers the method's name. */
  private static String ask(Map<String, Bencode> arguments, Ask ask) {
    return switch (ask) {
      case Ask.Ping ping -> "ping";
      case Ask.FindNode find -> {
        arguments.put("target", id(find.target()));
        yield "find_node";
      }
      case Ask.GetPeers get -> {
        arguments.put("info_hash", id(get.infoHash()));
        yield "get_peers";
      }
      case Ask.AnnouncePeer announce -> {
        arguments.put("info_hash", id(announce.infoHash()));
        arguments.put("port", new Bencode.Whole(announce.port()));
        arguments.put("token", new Bencode.Octets(announce.token()));
        arguments.put("implied_port", new Bencode.Whole(announce.impliedPort() ? 1 : 0));
        yield "announce_peer";
      }
      case Ask.Unknown unknown -> unknown.method();
    };
  }

  private static void response(Map<String, Bencode> members, Krpc.Response response) {
    Map<String, Bencode> values = new HashMap<>();
    values.put("id", id(response.id()));
    if (!response.nodes().isEmpty()) {
      values.put("nodes", new Bencode.Octets(CompactNodes.encode(response.nodes())));
    }
    if (!response.values().isEmpty()) {
      List<Bencode> peers = new ArrayList<>();
      response.values().forEach(p -> peers.add(new Bencode.Octets(CompactPeers.encode(p))));
      values.put("values", new Bencode.Items(peers));
    }
    byte[] token = response.token();
    if (token != null) {
      values.put("token", new Bencode.Octets(token));
    }
    members.put("y", text("r"));
    members.put("r", new Bencode.Dictionary(values));
  }

  private static void failure(Map<String, Bencode> members, Krpc.Failure failure) {
    members.put("y", text("e"));
    members.put(
        "e", new Bencode.Items(List.of(new Bencode.Whole(failure.code()), text(failure.text()))));
  }

  private static Bencode id(NodeId id) {
    return new Bencode.Octets(id.octets());
  }

  private static Bencode text(String text) {
    return new Bencode.Octets(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
