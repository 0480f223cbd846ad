// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.core.net.PeerState;
import io.lichen.core.net.capability.CapabilityIndex;
import io.lichen.core.net.capability.CapabilitySet;
import io.lichen.core.net.capability.NodeTags;
import io.lichen.core.net.nat.Hearsay;
import io.lichen.core.net.nat.NatPeers;
import io.lichen.core.net.nat.NatWords;
import io.lichen.core.net.peer.Peer;
import io.lichen.core.net.peer.PeerTable;
import io.lichen.core.net.wire.ReflexAddress;
import io.lichen.nat.path.Openness;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What the engines of NAT traversal know of other nodes; loop only. */
final class KnownPeers implements NatPeers {
  private final PeerTable peers;
  private final Wire wire;
  private final MeshEngines mesh;
  private final LongSupplier clockNs;

  /** Where peers are that need no relay; who came there last stands first. */
  private final SequencedMap<Long, InetSocketAddress> paths = new LinkedHashMap<>();

  KnownPeers(PeerTable peers, Wire wire, MeshEngines mesh, LongSupplier clockNs) {
    this.peers = peers;
    this.wire = wire;
    this.mesh = mesh;
    this.clockNs = clockNs;
  }

  /** There is a session with a peer, or it goes on over another path. */
  void onPath(Peer peer) {
    long node = peer.nodeId();
    InetSocketAddress address = direct(node);
    if (address == null) {
      paths.remove(node);
    } else if (!address.equals(paths.get(node))) {
      paths.putFirst(node, address);
    }
  }

  void onGone(Peer peer) {
    paths.remove(peer.nodeId());
  }

  @Override
  public @Nullable InetSocketAddress direct(long node) {
    Peer peer = peers.find(node);
    return peer == null || peer.session().viaRelay() ? null : peer.session().address();
  }

  @Override
  public List<Long> direct() {
    return paths.keySet().stream().filter(this::isAlive).toList();
  }

  private boolean isAlive(long node) {
    Peer peer = peers.find(node);
    return peer != null && !peer.session().viaRelay() && peer.state() == PeerState.ALIVE;
  }

  @Override
  public @Nullable InetSocketAddress announced(long node) {
    ReflexAddress said = index().seenAt(node, clockNs.getAsLong());
    if (said == null) {
      return null;
    }
    InetSocketAddress own = wire.transport().localAddress();
    return Hearsay.isUsable(said.address(), own) ? said.address() : null;
  }

  @Override
  public Openness openness(long node) {
    CapabilitySet has = has(node);
    return has == null ? Openness.UNKNOWN : NatWords.in(has::hasTag);
  }

  @Override
  public int portStep(long node) {
    CapabilitySet has = has(node);
    return has == null ? 0 : NatWords.stepIn(has.tagTexts());
  }

  @Override
  public boolean predictsPorts(long node) {
    CapabilitySet has = has(node);
    return has != null && has.hasTag(NodeTags.PORT_PREDICTION);
  }

  private @Nullable CapabilitySet has(long node) {
    return index().get(node, clockNs.getAsLong());
  }

  private CapabilityIndex index() {
    return mesh.announcements.index();
  }
}
