// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import io.lichen.conformance.child.Driver;
import io.lichen.conformance.child.Waits;
import io.lichen.core.moss.MossNode;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.Era;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A relay and ends that have one direct session each, which is the one with the relay, so that they
 * cannot meet behind its back. For one thread.
 *
 * <p>That holds a Lichen node; a native dials nobody else, but it punches all the same where it has
 * a relayed session, at its heartbeat. So the hearts of natives do not beat while a test runs.
 */
final class RelayStage implements AutoCloseable {
  private static final String ONE_SESSION = "{\"max_peers\":1%s}";
  private static final String NO_HEARTBEAT = ",\"gossipsub\":{\"heartbeat_ms\":3600000}";

  private static final String ROOM = "grove";

  private final MeshPeers peers;
  private final List<MossNode> nodes = new ArrayList<>();

  RelayStage(String name) {
    this.peers = new MeshPeers(Path.of("target", "interop", name));
  }

  MeshPeer relay(Driver driver, String config) {
    return peers.start(
        PeerSpec.of(driver, Era.C, ROOM)
            .withConfig(config)
            .withKeyStore(peers.newFile("relay.keys")));
  }

  /** An end in a process of its own. */
  MeshPeer end(Driver driver, MeshPeer relay) {
    return end(driver, relay, ONE_SESSION.formatted(driver == Driver.NATIVE ? NO_HEARTBEAT : ""));
  }

  /** An end that may have other sessions. */
  MeshPeer end(Driver driver, MeshPeer relay, String config) {
    MeshPeer end =
        peers.start(PeerSpec.of(driver, Era.C, ROOM).withChannels(Talk.CHANNEL).withConfig(config));
    RelayVoucher.tell(end, relay);
    Talk.connect(end, relay, relay.address(), Carrier.TCP);
    return end;
  }

  /** A Lichen node in this process, without sessions. */
  MossNode node(String config) {
    MossNode node =
        MossNode.builder(ROOM).config(QuietConfig.with(config)).listen("127.0.0.1", 0).build();
    nodes.add(node);
    node.start();
    return node;
  }

  /**
   * A Lichen node in this process as an end.
   *
   * @param moreConfig further members, a comma before
   */
  MossNode node(MeshPeer relay, String moreConfig) {
    MossNode node = node(ONE_SESSION.formatted(moreConfig));
    RelayVoucher.tell(node, relay);
    node.connect(relay.address());
    Waits.until("the relay has it", Talk.LIMIT, () -> relay.isConnectedTo(node.id().hex()));
    return node;
  }

  /** The nodes in this process. */
  List<MossNode> nodes() {
    return nodes;
  }

  /** Waits until two ends know of each other. */
  static void awaitAcquaintance(MeshPeer one, MeshPeer other) {
    awaitKnown(one, other);
    awaitKnown(other, one);
  }

  private static void awaitKnown(MeshPeer knower, MeshPeer known) {
    Waits.until(
        "an end knows of the other",
        Talk.LIMIT,
        () -> knower.info().path("known_peers").toString().contains(known.id().substring(0, 8)));
  }

  /** Whether both have a relayed session with the other. */
  static boolean areRelayed(MeshPeer one, MeshPeer other) {
    return hasSession(one, other, true) && hasSession(other, one, true);
  }

  /** Whether one of them has a direct session with the other. */
  static boolean isEitherDirect(MeshPeer one, MeshPeer other) {
    return hasSession(one, other, false) || hasSession(other, one, false);
  }

  private static boolean hasSession(MeshPeer from, MeshPeer to, boolean relayed) {
    for (var detail : from.info().path("peer_details")) {
      if (detail.path("id").asText().equals(to.id())) {
        return detail.path("relayed").booleanValue() == relayed;
      }
    }
    return false;
  }

  /** Whether both have a relayed session with the other. */
  static boolean areRelayed(MossNode one, MossNode other) {
    return isRelayedTo(one, other) && isRelayedTo(other, one);
  }

  private static boolean isRelayedTo(MossNode from, MossNode to) {
    return from.info().peerDetails().stream()
        .anyMatch(detail -> detail.id().equals(to.id().hex()) && detail.relayed());
  }

  /** Ends all. */
  @Override
  public void close() {
    nodes.forEach(MossNode::close);
    nodes.clear();
    peers.close();
  }
}
