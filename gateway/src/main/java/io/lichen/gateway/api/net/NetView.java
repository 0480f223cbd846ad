// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.net;

import io.lichen.core.net.NetChannels;
import io.lichen.core.net.NetNode;
import io.lichen.core.net.NetStats;
import io.lichen.core.net.PeerInfo;
import io.lichen.core.net.TraversalStats;
import io.lichen.core.net.capability.CapabilitySet;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A Net node as JSON. Ids have 64 bits and stand as decimal text, which every reader keeps whole.
 */
final class NetView {
  /** Of each list that grows with use. */
  private static final int MAX_ROWS = 1000;

  private static final double MS_PER_NS = 1e-6;

  private NetView() {}

  static Map<String, Object> of(NetNode node) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("node_id", id(node.nodeId()));
    view.put("entity_id", node.entityId().hex());
    view.put("public_key", HexFormat.of().formatHex(node.publicKey()));
    view.put("address", text(node.address()));
    view.put("running", node.isStarted());
    view.put("capabilities", capabilities(node, node.nodeId()));
    view.put("nat", nat(node));
    view.put("peers", peers(node));
    view.put("channels", channels(node.channels()));
    view.put("subscriptions", subscriptions(node.channels()));
    view.put("replicas", node.logs().replicas());
    view.put("stats", stats(node.stats()));
    return view;
  }

  private static List<Map<String, Object>> peers(NetNode node) {
    Map<Long, Duration> roundTrips = node.roundTrips();
    return node.peers().stream()
        .limit(MAX_ROWS)
        .map(peer -> peer(node, peer, roundTrips.get(peer.nodeId())))
        .toList();
  }

  private static Map<String, Object> peer(
      NetNode node, PeerInfo peer, @Nullable Duration roundTrip) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("node_id", id(peer.nodeId()));
    row.put("address", text(peer.address()));
    row.put("path", peer.viaRelay() ? "relayed" : "direct");
    row.put("initiator", peer.initiator());
    row.put("state", word(peer.state()));
    row.put("entity_id", peer.entityId() == null ? null : peer.entityId().hex());
    row.put("rtt_ms", roundTrip == null ? null : roundTrip.toNanos() * MS_PER_NS);
    row.put("nat_type", word(node.nat().natType(peer.nodeId())));
    row.put("capabilities", capabilities(node, peer.nodeId()));
    return row;
  }

  private static List<String> capabilities(NetNode node, long nodeId) {
    return node.capabilities().of(nodeId).map(CapabilitySet::tagTexts).orElse(List.of());
  }

  private static List<Map<String, Object>> channels(NetChannels channels) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String name : first(channels.registered())) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("name", name);
      row.put("subscribers", channels.subscribers(name).size());
      rows.add(row);
    }
    return rows;
  }

  private static List<Map<String, Object>> subscriptions(NetChannels channels) {
    List<Map<String, Object>> rows = new ArrayList<>();
    channels
        .subscriptions()
        .forEach(
            (publisher, names) -> {
              for (String name : first(names)) {
                rows.add(Map.of("publisher", id(publisher), "channel", name));
              }
            });
    return rows.subList(0, Math.min(rows.size(), MAX_ROWS));
  }

  private static List<String> first(SortedSet<String> names) {
    return names.stream().limit(MAX_ROWS).toList();
  }

  private static Map<String, Object> nat(NetNode node) {
    TraversalStats stats = node.nat().stats();
    Map<String, Object> nat = new LinkedHashMap<>();
    nat.put("type", word(node.nat().natType()));
    nat.put("external_address", node.nat().reflexAddress().map(NetView::text).orElse(null));
    nat.put("punches_attempted", stats.punchesAttempted());
    nat.put("punches_succeeded", stats.punchesSucceeded());
    nat.put("relay_fallbacks", stats.relayFallbacks());
    nat.put("upgrades_attempted", stats.upgradesAttempted());
    nat.put("upgrades_succeeded", stats.upgradesSucceeded());
    return nat;
  }

  private static Map<String, Object> stats(NetStats stats) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("events_received", stats.eventsReceived());
    all.put("events_delivered", stats.eventsDelivered());
    all.put("events_dropped", stats.eventsDropped());
    all.put("counters", new TreeMap<>(stats.counters()));
    return all;
  }

  private static String id(long nodeId) {
    return Long.toUnsignedString(nodeId);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  static String text(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
  }
}
