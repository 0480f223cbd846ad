// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.net;

import static io.lichen.conformance.vectors.VectorFile.NET;

import io.lichen.conformance.vectors.KindTable;

/** The states of all kinds of the Net wire. */
public final class NetKinds {
  private NetKinds() {}

  /** The table. */
  public static KindTable table() {
    KindTable kinds = new KindTable();
    identities(kinds);
    packets(kinds);
    mesh(kinds);
    channels(kinds);
    streams(kinds);
    later(kinds);
    return kinds;
  }

  private static void identities(KindTable kinds) {
    kinds
        .run(NET, "identities", EntityChecks.identity())
        .run(NET, "stream_id_from_key", EntityChecks.streamOfKey())
        .run(NET, "permission_tokens", TokenChecks.token())
        .run(NET, "token_chain_verdicts", TokenChecks.verdict());
  }

  private static void packets(KindTable kinds) {
    kinds
        .run(NET, "handshakes", HandshakeChecks.handshake())
        .run(NET, "key_derivation", HandshakeChecks.keyDerivation())
        .run(NET, "aead_packets", SealedChecks.packet())
        .run(NET, "replay_window", SealedChecks.replay())
        .run(NET, "recorded_session", new SealedChecks.Session())
        .run(NET, "header_encode", new PacketChecks.Header())
        .run(NET, "header_decode", PacketChecks.headerDecode())
        .run(NET, "event_frames", PacketChecks.frames())
        .run(NET, "routing_headers", PacketChecks.routingHeader())
        .run(NET, "route_hop_envelopes", PacketChecks.routeHop());
  }

  private static void mesh(KindTable kinds) {
    kinds
        .run(NET, "pingwaves", MeshChecks.pingwave())
        .run(NET, "legacy_pingwave_24", MeshChecks.legacyPingwave())
        .run(NET, "route_withdrawals", MeshChecks.withdrawal())
        .run(NET, "subprotocol_manifest", MeshChecks.manifest())
        .run(NET, "event_meta", MeshChecks.eventMeta())
        .run(NET, "nat_traversal", NatChecks.message())
        .run(NET, "postcard_primitives", PostcardCheck.primitives())
        .run(NET, "capability_announcements", AnnouncementChecks.announcement())
        .run(NET, "capability_decode_edge", AnnouncementChecks.decode());
  }

  private static void channels(KindTable kinds) {
    kinds
        .run(NET, "channel_hashes", ChannelChecks.hashes())
        .run(NET, "channel_name_validity", ChannelChecks.validity())
        .run(NET, "queue_group_hashes", ChannelChecks.groupHash())
        .run(NET, "subnet_ids", ChannelChecks.subnet())
        .run(NET, "membership", MembershipChecks.requests())
        .run(NET, "membership_ack", MembershipChecks.ack())
        .run(NET, "membership_decode_edge", MembershipChecks.decode())
        .run(NET, "identity_proof", ProofChecks.proof())
        .run(NET, "identity_proof_decode_edge", ProofChecks.decode());
  }

  private static void streams(KindTable kinds) {
    kinds
        .run(NET, "stream_control", StreamChecks.control())
        .run(NET, "ack_range_decode_edge", StreamChecks.rangesDecode())
        .run(NET, "reliable_receiver", StreamChecks.receiver())
        .run(NET, "reliable_sender", StreamChecks.sender())
        .run(NET, "mode_boundary_receiver", StreamChecks.boundary())
        .run(NET, "retransmit_ladder", new StreamChecks.Ladder())
        .run(NET, "fragment_encode", new FragmentChecks.Encode())
        .run(NET, "fragment_decode", FragmentChecks.decode());
  }

  private static void later(KindTable kinds) {
    kinds
        .later(NET, "logs", "redex_sync")
        .later(
            NET,
            "services on a NetNode",
            "nrpc_frames",
            "blob_transfer",
            "migration",
            "fold_announcements");
  }
}
