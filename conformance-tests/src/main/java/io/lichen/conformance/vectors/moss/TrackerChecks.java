// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.hex;
import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;
import static io.lichen.conformance.vectors.Trees.utf8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Trees;
import io.lichen.conformance.vectors.Vector;
import io.lichen.core.moss.discovery.CompactPeers;
import io.lichen.core.moss.discovery.Endpoint;
import io.lichen.core.moss.discovery.tracker.AnnounceEvent;
import io.lichen.core.moss.discovery.tracker.AnnounceRequest;
import io.lichen.core.moss.discovery.tracker.TrackerException;
import io.lichen.core.moss.discovery.tracker.TrackerOrder;
import io.lichen.core.moss.discovery.tracker.TrackerPeerId;
import io.lichen.core.moss.discovery.tracker.UdpAnnounceCodec;
import io.lichen.core.moss.discovery.tracker.UdpExchange;
import io.lichen.core.moss.wire.InfoHash;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** What trackers and nodes say to each other; HTTP has checks of its own. */
final class TrackerChecks {
  private static final int HEADER_BYTES = 20;

  private TrackerChecks() {}

  static ObjectNode compactPeers(JsonNode vector) {
    ObjectNode answer = object();
    ByteBuffer raw = ByteBuffer.wrap(hex(vector, "raw"));
    addAll(answer.putArray("peers"), CompactPeers.decode(raw, CompactPeers.IPV4_BYTES, 1000));
    return answer;
  }

  static ObjectNode infoHash(JsonNode vector) {
    return object()
        .put("info_hash", hex(InfoHash.of(text(vector, "id"), Trees.hexOrNull(vector, "psk"))));
  }

  static ObjectNode peerId(Vector vector) {
    byte[] id = TrackerPeerId.of(hex(vector.inputs(), "random"));
    return object().put("ascii", utf8(id)).put("peer_id", hex(id));
  }

  static ObjectNode udp(JsonNode vector) throws TrackerException {
    int transaction = (int) vector.path("transaction_id_announce").longValue();
    byte[] announce =
        UdpAnnounceCodec.announce(
            Long.parseUnsignedLong(text(vector, "connection_id")),
            transaction,
            request(vector),
            (int) vector.path("key").longValue());
    int connecting = (int) vector.path("transaction_id_connect").longValue();
    ObjectNode answer =
        object()
            .put("announce_packet", hex(announce))
            .put("connect_packet", hex(UdpAnnounceCodec.connect(connecting)));
    byte[] tail = hex(vector, "response_tail");
    byte[] response = answer(1, transaction, HEADER_BYTES + tail.length).put(tail).array();
    addAll(
        answer.putArray("peers"),
        UdpAnnounceCodec.announced(response, CompactPeers.IPV4_BYTES).peers());
    return answer;
  }

  static AnnounceRequest request(JsonNode vector) {
    return new AnnounceRequest(
        hex(vector, "info_hash"),
        utf8(vector, "peer_id"),
        vector.path("port").intValue(),
        AnnounceEvent.valueOf(text(vector, "event").toUpperCase(Locale.ROOT)),
        vector.path("num_want").intValue());
  }

  /** An answer whose header is written, so that a tail can be put behind it. */
  private static ByteBuffer answer(int action, int transaction, int bytes) {
    ByteBuffer answer = ByteBuffer.allocate(bytes).putInt(action).putInt(transaction);
    return answer.position(Math.min(HEADER_BYTES, bytes));
  }

  /** A wrong answer to an announce, and whether the exchange ends with it. */
  static ObjectNode udpReject(JsonNode vector) throws TrackerException {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    AnnounceRequest request =
        new AnnounceRequest(new byte[20], new byte[20], 1, AnnounceEvent.STARTED, 50);
    UdpExchange exchange = new UdpExchange(request, null, CompactPeers.IPV4_BYTES, random, 0);
    int connecting = ByteBuffer.wrap(exchange.packet()).getInt(12);
    exchange.receive(answer(0, connecting, HEADER_BYTES).array(), 0);
    int announcing = ByteBuffer.wrap(exchange.packet()).getInt(12);
    byte[] wrong =
        switch (text(vector, "case")) {
          case "short (19 bytes)" -> answer(1, announcing, 19).array();
          case "error action 3" -> answer(3, announcing, HEADER_BYTES).array();
          case "transaction mismatch" -> answer(1, announcing + 1, HEADER_BYTES).array();
          default -> throw new IllegalArgumentException("unknown case in " + vector);
        };
    boolean immediate = false;
    try {
      exchange.receive(wrong, 0);
    } catch (TrackerException e) {
      immediate = true;
    }
    return object().put("error", exchange.response().isEmpty()).put("immediate", immediate);
  }

  static ObjectNode order(JsonNode vector) {
    List<String> urls = new ArrayList<>();
    vector.path("trackers").forEach(url -> urls.add(url.asText()));
    TrackerOrder order = new TrackerOrder(urls);
    ObjectNode answer = object();
    ArrayNode steps = answer.putArray("steps");
    for (JsonNode step : vector.path("steps")) {
      String operation = text(step, "op");
      if (operation.startsWith("ok ")) {
        order.succeeded(operation.substring(3));
      } else if (operation.startsWith("fail ")) {
        order.failed(operation.substring(5));
      } else if (!operation.equals("order")) {
        throw new IllegalArgumentException("unknown operation in " + step);
      }
      ArrayNode next = steps.addObject().put("op", operation).putArray("order");
      order.next().forEach(next::add);
    }
    return answer;
  }

  static void addAll(ArrayNode array, List<Endpoint> peers) {
    peers.forEach(peer -> array.add(peer.toString()));
  }
}
