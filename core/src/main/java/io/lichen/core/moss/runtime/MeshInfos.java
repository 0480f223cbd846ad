// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.core.moss.MeshInfo;
import io.lichen.core.moss.MeshInfo.PeerDetail;
import io.lichen.core.moss.runtime.dial.KnownPeers;
import io.lichen.core.moss.runtime.peer.PeerTable;
import io.lichen.core.moss.runtime.publish.ChannelRoutes;
import io.lichen.crypto.PeerId;
import io.lichen.nat.profile.NatProfile;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Puts together the answer to "how are you" (docs/wire/moss-mesh.md, "Mesh info"). */
final class MeshInfos {
  private final String meshId;
  private final PeerId id;
  private final ChannelRoutes routes;
  private final Supplier<NatProfile> profile;
  private final BooleanSupplier supernode;
  private final boolean telemetryEnabled;

  MeshInfos(
      String meshId,
      PeerId id,
      ChannelRoutes routes,
      Supplier<NatProfile> profile,
      BooleanSupplier supernode,
      boolean telemetryEnabled) {
    this.meshId = meshId;
    this.id = id;
    this.routes = routes;
    this.profile = profile;
    this.supernode = supernode;
    this.telemetryEnabled = telemetryEnabled;
  }

  /** Of a node that does not run. */
  MeshInfo ofIdleNode() {
    return make(0, "", List.of(), List.of(), List.of(), 0, 0, 0);
  }

  /** Of a running node; the node's loop only. */
  MeshInfo ofRunningNode(
      int listenPort,
      String advertisedAddress,
      PeerTable peers,
      KnownPeers known,
      int ownRelaySessions,
      int relayed) {
    List<PeerDetail> details =
        peers.all().stream()
            .map(
                link ->
                    new PeerDetail(link.peer().hex(), link.address(), link.session().isRelayed()))
            .sorted(Comparator.comparing(PeerDetail::id))
            .toList();
    List<String> addresses = details.stream().map(PeerDetail::address).sorted().toList();
    List<String> knownLines = List.copyOf(known.lines(peers::isDirect));
    return make(
        listenPort,
        advertisedAddress,
        addresses,
        details,
        knownLines,
        known.relayCapable(),
        ownRelaySessions,
        relayed);
  }

  private MeshInfo make(
      int listenPort,
      String advertisedAddress,
      List<String> addresses,
      List<PeerDetail> details,
      List<String> knownPeers,
      int relayCapable,
      int ownRelaySessions,
      int relayed) {
    int behindRelays = (int) details.stream().filter(PeerDetail::relayed).count();
    return new MeshInfo(
        meshId,
        listenPort,
        advertisedAddress,
        details.size(),
        addresses,
        details,
        knownPeers.size(),
        knownPeers,
        details.size() - behindRelays,
        behindRelays,
        relayCapable,
        ownRelaySessions,
        relayed,
        routes.subscribed(!meshId.isEmpty()),
        profile.get().type().wireName(),
        id.hex(),
        supernode.getAsBoolean(),
        telemetryEnabled,
        false);
  }
}
