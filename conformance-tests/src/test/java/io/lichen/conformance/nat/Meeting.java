// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lichen.conformance.child.Driver;
import io.lichen.conformance.child.Waits;
import io.lichen.conformance.moss.MeshPeer;
import io.lichen.conformance.moss.MeshPeers;
import io.lichen.conformance.moss.PeerSpec;
import io.lichen.conformance.netns.Namespaces;
import io.lichen.transport.moss.Era;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A public node that coordinates and relays, and others behind NATs that have a session with it, in
 * an internet of their own. For one thread.
 */
final class Meeting implements AutoCloseable {
  static final String CHANNEL = "clearing";
  private static final Duration READY_LIMIT = Duration.ofSeconds(20);

  /** How often nodes look at what they are behind unless they are told. */
  static final Duration USUAL_PROBE = Duration.ofMinutes(2);

  /** The port of the STUN servers that libmoss asks, and two of their names. */
  private static final int NATIVES_STUN_PORT = 19302;

  private static final String[] NATIVES_STUN_NAMES = {"stun.l.google.com", "stun1.l.google.com"};

  private final Internet internet = Internet.open();
  private final Host stunHost = internet.host();
  private final StunServer stun = new StunServer(stunHost);
  private final StunServer otherStun = new StunServer(internet.host());
  private final StunServer nativesStun = new StunServer(stunHost, NATIVES_STUN_PORT);
  private final MeshPeers peers;
  private final Duration probe;
  private final MeshPeer relay;

  /** Starts the public node and waits until it offers its services. */
  Meeting(Driver relay, Path folder) {
    this(relay, folder, USUAL_PROBE);
  }

  /**
   * The same with nodes that are more curious.
   *
   * @param probe how often Lichen nodes look at what they are behind
   */
  Meeting(Driver relay, Path folder, Duration probe) {
    this.peers = new MeshPeers(folder);
    this.probe = probe;
    // It is in another room: what the two hear of each other goes over a session of theirs, and
    // not from room to room through it.
    PeerSpec spec =
        PeerSpec.of(relay, Era.C, "brook")
            .withConfig("{\"nat\":{\"supernode_min_uptime_sec\":1}" + ownKeys() + "}");
    Host host = internet.host();
    this.relay = start(host, spec.withListen(host.address(), 0));
    Waits.until(
        "relay ready", READY_LIMIT, () -> this.relay.info().path("supernode_ready").asBoolean());
  }

  Internet internet() {
    return internet;
  }

  MeshPeer relay() {
    return relay;
  }

  /** Where the public node is. */
  String relayHost() {
    return relay.address().substring(0, relay.address().lastIndexOf(':'));
  }

  /** {@code host:port} of a server with two addresses. */
  String stunServer() {
    return stun.address();
  }

  /** A node on a host, with a session to the public one. */
  MeshPeer join(Host host, Driver driver) {
    PeerSpec spec =
        PeerSpec.of(driver, Era.C, "grove")
            .withConfig("{\"static_peers\":[\"" + relay.address() + "\"]" + ownKeys() + "}")
            .withChannels(CHANNEL);
    MeshPeer peer = start(host, spec.withListen("0.0.0.0", 0));
    Waits.until(
        "session of " + driver + " with the relay",
        READY_LIMIT,
        () -> peer.isConnectedTo(relay.id()) && relay.isConnectedTo(peer.id()));
    return peer;
  }

  /** Keys of ours; libmoss finds its servers by name. */
  private String ownKeys() {
    String list = stun.address() + "\",\"" + otherStun.address();
    return ",\"lichen\":{\"stun_servers\":[\"%s\"],\"nat_probe_ms\":%d}"
        .formatted(list, probe.toMillis());
  }

  private MeshPeer start(Host host, PeerSpec spec) {
    Namespaces.name(
        host.namespace(),
        Map.of(
            NATIVES_STUN_NAMES[0], stunHost.addresses().getFirst(),
            NATIVES_STUN_NAMES[1], stunHost.addresses().getLast()));
    return peers.start(spec.withNamespace(host.namespace()));
  }

  /** How a node reaches another one. */
  static Reach reach(MeshPeer from, MeshPeer to) {
    for (JsonNode detail : from.info().path("peer_details")) {
      if (detail.path("id").asText().equals(to.id())) {
        return detail.path("relayed").asBoolean() ? Reach.RELAYED : Reach.DIRECT;
      }
    }
    return Reach.NONE;
  }

  /** Whether two nodes reach each other this way. */
  static boolean areBoth(Reach reach, MeshPeer one, MeshPeer other) {
    return reach(one, other) == reach && reach(other, one) == reach;
  }

  /** Waits until {@link #areBoth}. */
  static void awaitBoth(Reach reach, MeshPeer one, MeshPeer other, Duration limit) {
    Waits.until("both are " + reach, limit, () -> areBoth(reach, one, other));
  }

  @Override
  public void close() {
    try {
      peers.close();
    } finally {
      stun.close();
      otherStun.close();
      nativesStun.close();
      internet.close();
    }
  }
}
