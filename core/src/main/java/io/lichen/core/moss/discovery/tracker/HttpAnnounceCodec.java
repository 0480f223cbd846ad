// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.tracker;

import io.lichen.core.moss.discovery.CompactPeers;
import io.lichen.core.moss.discovery.Endpoint;
import io.lichen.core.moss.discovery.bencode.Bencode;
import io.lichen.core.moss.discovery.bencode.BencodeException;
import io.lichen.core.moss.discovery.bencode.BencodeReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Announces over HTTP (BEP 3, 7, 23; docs/wire/moss-discovery.md, "HTTP trackers"). Stateless. */
public final class HttpAnnounceCodec {
  private static final long MAX_INTERVAL_SEC = 86_400;

  private HttpAnnounceCodec() {}

  /**
   * The query of an announce: that of the tracker's URL with the announce's parameters over it, all
   * sorted by key.
   *
   * @param query the URL's own query as it stands there, {@code null} or empty for none
   */
  public static String query(@Nullable String query, AnnounceRequest request) {
    SortedMap<String, List<byte[]>> parameters = QueryText.parse(query == null ? "" : query);
    put(parameters, "compact", "1");
    put(parameters, "downloaded", "0");
    if (request.event() != AnnounceEvent.NONE) {
      put(parameters, "event", request.event().name().toLowerCase(Locale.ROOT));
    }
    parameters.put("info_hash", List.of(request.infoHash()));
    put(parameters, "left", "1");
    put(parameters, "numwant", Integer.toString(request.numWant()));
    parameters.put("peer_id", List.of(request.peerId()));
    put(parameters, "port", Integer.toString(request.port()));
    put(parameters, "uploaded", "0");
    return QueryText.encode(parameters);
  }

  private static void put(SortedMap<String, List<byte[]>> parameters, String key, String value) {
    parameters.put(key, List.of(QueryText.octets(value)));
  }

  /**
   * Reads the body of an answer, whatever its status.
   *
   * @throws TrackerException if it is no bencoded dictionary, or says that the announce failed
   */
  public static AnnounceResponse decode(byte[] body) throws TrackerException {
    Bencode.Dictionary answer = dictionary(body);
    String failure = answer.text("failure reason");
    if (!failure.isEmpty()) {
      throw new TrackerException("the tracker refuses: " + failure);
    }
    List<Endpoint> peers = new ArrayList<>(peers(answer.members().get("peers")));
    peers.addAll(compact(answer.octets("peers6"), CompactPeers.IPV6_BYTES));
    return new AnnounceResponse(
        peers.subList(0, Math.min(peers.size(), AnnounceResponse.MAX_PEERS)),
        Math.clamp(answer.number("interval", 0), 0, MAX_INTERVAL_SEC),
        Math.clamp(answer.number("min interval", 0), 0, MAX_INTERVAL_SEC));
  }

  private static Bencode.Dictionary dictionary(byte[] body) throws TrackerException {
    try {
      if (BencodeReader.readFirst(body) instanceof Bencode.Dictionary dictionary) {
        return dictionary;
      }
    } catch (BencodeException e) {
      throw new TrackerException("the tracker's answer cannot be read: " + e.getMessage(), e);
    }
    throw new TrackerException("the tracker's answer is no dictionary");
  }

  private static List<Endpoint> peers(@Nullable Bencode peers) {
    return switch (peers) {
      case Bencode.Octets compact -> compact(compact.value(), CompactPeers.IPV4_BYTES);
      case Bencode.Items items ->
          items.values().stream().map(HttpAnnounceCodec::peer).flatMap(Optional::stream).toList();
      case null, default -> List.of();
    };
  }

  private static List<Endpoint> compact(byte @Nullable [] octets, int hostBytes) {
    return octets == null
        ? List.of()
        : CompactPeers.decode(ByteBuffer.wrap(octets), hostBytes, AnnounceResponse.MAX_PEERS);
  }

  /** A peer of the long form; a name instead of an address is not looked up. */
  private static Optional<Endpoint> peer(Bencode entry) {
    if (!(entry instanceof Bencode.Dictionary peer)) {
      return Optional.empty();
    }
    long port = peer.number("port", -1);
    return port < 0 || port > 65_535
        ? Optional.empty()
        : Endpoint.literal(peer.text("ip")).map(host -> new Endpoint(host, (int) port));
  }
}
