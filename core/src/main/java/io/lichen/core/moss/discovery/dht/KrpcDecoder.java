// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.dht;

import io.lichen.core.moss.discovery.CompactPeers;
import io.lichen.core.moss.discovery.Endpoint;
import io.lichen.core.moss.discovery.bencode.Bencode;
import io.lichen.core.moss.discovery.bencode.Bencode.Dictionary;
import io.lichen.core.moss.discovery.bencode.BencodeException;
import io.lichen.core.moss.discovery.bencode.BencodeReader;
import io.lichen.core.moss.discovery.dht.Krpc.Ask;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads datagrams (docs/wire/moss-discovery.md, "DHT"). What a message holds beyond its limits is
 * not read; keys that nobody knows are ignored. Stateless.
 */
final class KrpcDecoder {
  /** Longest transaction id that is given back. */
  static final int MAX_TRANSACTION_BYTES = 32;

  /** Longest token that is kept. */
  static final int MAX_TOKEN_BYTES = 128;

  /** Nodes read from one answer: a bucket has 8, and some nodes have larger ones. */
  static final int MAX_NODES = 16;

  /** Peers read from one answer. */
  static final int MAX_VALUES = 32;

  private static final int MAX_PORT = 65_535;
  private static final int MAX_TEXT_BYTES = 128;

  private KrpcDecoder() {}

  /**
   * The message in a datagram.
   *
   * @throws KrpcException if there is none
   */
  static Krpc decode(byte[] datagram) throws KrpcException {
    Dictionary message = dictionary(datagram);
    byte[] transaction = octets(message, "t", MAX_TRANSACTION_BYTES);
    return switch (message.text("y")) {
      case "q" -> query(transaction, message);
      case "r" -> response(transaction, member(message, "r"));
      case "e" -> failure(transaction, message);
      default -> throw new KrpcException("y is not q, r or e");
    };
  }

  private static Dictionary dictionary(byte[] datagram) throws KrpcException {
    try {
      if (BencodeReader.readFirst(datagram) instanceof Dictionary dictionary) {
        return dictionary;
      }
      throw new KrpcException("no dictionary");
    } catch (BencodeException e) {
      throw new KrpcException(String.valueOf(e.getMessage()));
    }
  }

  private static Krpc.Query query(byte[] transaction, Dictionary message) throws KrpcException {
    Dictionary arguments = member(message, "a");
    return new Krpc.Query(
        transaction,
        id(arguments, "id"),
        ask(message.text("q"), arguments),
        message.number("ro", 0) == 1);
  }

  private static Ask ask(String method, Dictionary arguments) throws KrpcException {
    return switch (method) {
      case "ping" -> new Ask.Ping();
      case "find_node" -> new Ask.FindNode(id(arguments, "target"));
      case "get_peers" -> new Ask.GetPeers(id(arguments, "info_hash"));
      case "announce_peer" -> announce(arguments);
      default -> new Ask.Unknown(method);
    };
  }

  private static Ask announce(Dictionary arguments) throws KrpcException {
    // Whoever implies the port may leave it out.
    long port = arguments.number("port", 0);
    if (port < 0 || port > MAX_PORT) {
      throw new KrpcException("port " + port);
    }
    return new Ask.AnnouncePeer(
        id(arguments, "info_hash"),
        (int) port,
        arguments.number("implied_port", 0) != 0,
        octets(arguments, "token", MAX_TOKEN_BYTES));
  }

  private static Krpc.Response response(byte[] transaction, Dictionary values)
      throws KrpcException {
    byte[] nodes = values.octets("nodes");
    byte[] token = values.octets("token");
    return new Krpc.Response(
        transaction,
        id(values, "id"),
        nodes == null ? List.of() : CompactNodes.decode(nodes, MAX_NODES),
        peers(values),
        token == null || token.length > MAX_TOKEN_BYTES ? null : token);
  }

  /** Compact IPv4 peers; anything else in the list is passed over. */
  private static List<Endpoint> peers(Dictionary values) {
    List<Endpoint> peers = new ArrayList<>();
    if (values.members().get("values") instanceof Bencode.Items items) {
      for (Bencode item : items.values()) {
        if (peers.size() < MAX_VALUES
            && item instanceof Bencode.Octets peer
            && peer.value().length == CompactPeers.IPV4_BYTES + 2) {
          peers.addAll(
              CompactPeers.decode(ByteBuffer.wrap(peer.value()), CompactPeers.IPV4_BYTES, 1));
        }
      }
    }
    return peers;
  }

  /** Whatever stands in it, it is a refusal. */
  private static Krpc.Failure failure(byte[] transaction, Dictionary message) {
    List<Bencode> parts =
        message.members().get("e") instanceof Bencode.Items items ? items.values() : List.of();
    long code = !parts.isEmpty() && parts.getFirst() instanceof Bencode.Whole w ? w.value() : 0;
    String text = parts.size() > 1 && parts.get(1) instanceof Bencode.Octets o ? text(o) : "";
    return new Krpc.Failure(transaction, code, text);
  }

  private static String text(Bencode.Octets octets) {
    int length = Math.min(octets.value().length, MAX_TEXT_BYTES);
    return new String(octets.value(), 0, length, StandardCharsets.ISO_8859_1);
  }

  private static Dictionary member(Dictionary of, String key) throws KrpcException {
    if (of.members().get(key) instanceof Dictionary dictionary) {
      return dictionary;
    }
    throw new KrpcException("no dictionary " + key);
  }

  private static NodeId id(Dictionary of, String key) throws KrpcException {
    byte[] octets = octets(of, key, NodeId.BYTES);
    if (octets.length != NodeId.BYTES) {
      throw new KrpcException(key + " has " + octets.length + " octets");
    }
    return NodeId.of(octets);
  }

  private static byte[] octets(Dictionary of, String key, int max) throws KrpcException {
    byte[] octets = of.octets(key);
    if (octets == null || octets.length > max) {
      throw new KrpcException("no " + key + " of at most " + max + " octets");
    }
    return octets;
  }
}
