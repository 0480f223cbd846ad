// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.VectorFile.MESH;
import static io.lichen.conformance.vectors.VectorFile.TRANSPORT;

import io.lichen.conformance.vectors.KindTable;
import io.lichen.conformance.vectors.ListCheck;
import io.lichen.conformance.vectors.MixedCheck;

/** The states of all kinds of the Moss wire. */
public final class MossKinds {
  private MossKinds() {}

  /** The table. */
  public static KindTable table() {
    KindTable kinds = new KindTable();
    transport(kinds);
    mesh(kinds);
    policy(kinds);
    statistics(kinds);
    overlay(kinds);
    discovery(kinds);
    nat(kinds);
    natProfile(kinds);
    paths(kinds);
    relays(kinds);
    return kinds;
  }

  private static void transport(KindTable kinds) {
    kinds
        .run(TRANSPORT, "identity", IdentityChecks::transportIdentity)
        .run(TRANSPORT, "identity_decode", new IdentityChecks.Decode())
        .run(TRANSPORT, "room", RoomChecks::transportRoom)
        .run(TRANSPORT, "envelope_encode", EnvelopeChecks::encode)
        .run(TRANSPORT, "envelope_decode", EnvelopeChecks::decode)
        .run(TRANSPORT, "signed_blob", EnvelopeChecks::sign)
        .run(TRANSPORT, "signed_blob_verify", EnvelopeChecks::verify)
        .run(TRANSPORT, "publish_message_id", EnvelopeChecks::publishId)
        .run(TRANSPORT, "infohash", TransportChecks::infoHash)
        .run(TRANSPORT, "obfs_key", TransportChecks::obfuscationKey)
        .run(TRANSPORT, "identity_payload", TransportChecks::identityPayload)
        .run(TRANSPORT, "identity_payload_verify", TransportChecks::identityPayloadVerify)
        .run(TRANSPORT, "mux_packet", TransportChecks::muxPacket)
        .run(TRANSPORT, "noise_handshake", NoiseChecks::handshake)
        .run(TRANSPORT, "noise_mesh_mismatch", NoiseChecks::mismatch)
        .run(TRANSPORT, "tcp_transcript", TcpTranscriptCheck::answer)
        .run(TRANSPORT, "udp_transcript", UdpTranscriptCheck::answer)
        .run(TRANSPORT, "udp_obfs_datagram", TransportChecks::obfuscated)
        .run(TRANSPORT, "udp_obfs_open", TransportChecks::open)
        .run(TRANSPORT, "udp_plain_datagram", TransportChecks::plain)
        .run(TRANSPORT, "udp_replay_window", TransportChecks::replay)
        .run(TRANSPORT, "duplicate_direction_rule", DuplicateChecks::direction)
        .never(TRANSPORT, "veil_session_id", "the masked bearer is not built");
  }

  private static void mesh(KindTable kinds) {
    kinds
        .run(MESH, "channel_valid", new MixedCheck(RoomChecks::channel, "bytes", "valid"))
        .run(MESH, "config_parse", new ConfigCheck())
        .run(
            MESH,
            "identity",
            new MixedCheck(
                IdentityChecks::meshIdentity,
                "ed25519_public",
                "identity_blob",
                "noise_public",
                "peer_id"))
        .run(
            MESH,
            "message_id",
            new MixedCheck(EnvelopeChecks::meshMessageId, "envelope_json", "message_id"))
        .run(MESH, "room_key", new MixedCheck(RoomChecks::key, "room_key", "topics"))
        .run(MESH, "room_seal", new MixedCheck(RoomChecks::seal, "sealed"))
        .run(MESH, "api_codes", new ApiCheck(ApiCodes::new))
        .run(MESH, "c_api_codes", new ApiCheck(CApiCodes::new))
        .run(MESH, "duplicate_session", new MixedCheck(DuplicateChecks::session, "new_wins"))
        .run(
            MESH,
            "duplicate_transport",
            new MixedCheck(DuplicateChecks::carrier, "decided", "new_wins"))
        .run(
            MESH,
            "announce_signature",
            new MixedCheck(
                PeerChecks::sign, "envelope_json", "signature", "signed_bytes", "verify"))
        .run(MESH, "announce_verify", new MixedCheck(PeerChecks::verify, "valid"))
        .run(MESH, "addr_rank", new MixedCheck(PeerChecks::rank, "loopback", "rank"))
        .run(MESH, "dial_backoff", new MixedCheck(PeerChecks::backoff, "base_1000", "base_5000"))
        .run(MESH, "mesh_info", new MixedCheck(MeshInfoCheck::answer, "json"))
        .run(MESH, "room_open", new MixedCheck(RoomChecks::open, "ok", "plaintext"));
  }

  private static void statistics(KindTable kinds) {
    kinds
        .run(TRANSPORT, "stat_delta", StatChecks::transportDelta)
        .run(MESH, "stat_delta", new MixedCheck(StatChecks::delta, "json", "message_id"))
        .run(MESH, "stat_eid", new MixedCheck(StatChecks::epochId, "eid"))
        .run(
            MESH,
            "stat_snapshot",
            new MixedCheck(StatChecks::snapshot, "contributors", "digest", "node_count_estimate"))
        .run(MESH, "stat_report", new MixedCheck(StatChecks::report, "chain_json", "json"));
  }

  private static void overlay(KindTable kinds) {
    kinds
        .run(TRANSPORT, "overlay_channel_key", OverlayChecks::transportTopicKey)
        .run(MESH, "overlay_channel_key", new MixedCheck(OverlayChecks::topicKey, "key"))
        .run(MESH, "overlay_bucket", new MixedCheck(OverlayChecks::bucket, "bucket"))
        .run(MESH, "overlay_hint", new MixedCheck(OverlayChecks::hint, "json"))
        .run(MESH, "overlay_table", new MixedCheck(OverlayChecks::table, "closest", "len"))
        .run(MESH, "overlay_store", new OverlayStoreCheck())
        .run(MESH, "overlay_interface", new MixedCheck(OverlayChecks::virtualInterface, "skipped"));
  }

  /** What the engine decides under the profile of the natives. */
  private static void policy(KindTable kinds) {
    kinds
        .run(
            MESH, "scoring_trace", new ListCheck(ScoreChecks::trace, "steps", "score", "relations"))
        .run(MESH, "heartbeat_trace", new TraceCheck())
        .run(MESH, "dispatch_trace", new TraceCheck())
        .run(MESH, "ip_colocation", new ListCheck(ScoreChecks::colocation, "peers", "penalty"))
        .run(MESH, "control_trace", new ControlTraceCheck())
        .run(MESH, "dial_select", AddressChecks.check(AddressChecks::dialled, "selected"))
        .run(
            MESH,
            "preferred_addr",
            AddressChecks.check(AddressChecks::preferred, "known_peer_result", "result"))
        .run(MESH, "freeze_addr", AddressChecks.check(AddressChecks::frozen, "frozen"))
        .run(
            MESH,
            "advertise_host",
            AddressChecks.check(AddressChecks::advertised, "ok", "selected"))
        .run(
            MESH, "lazy_peers", new MixedCheck(LazyPeersCheck::answer, "key_of_first", "selected"));
  }

  private static void discovery(KindTable kinds) {
    kinds
        .run(TRANSPORT, "tracker_peer_id", TrackerChecks::peerId)
        .run(TRANSPORT, "lan_beacon", DiscoveryChecks::transportBeacon)
        .run(MESH, "compact_peers", new MixedCheck(TrackerChecks::compactPeers, "peers"))
        .run(MESH, "infohash", new MixedCheck(TrackerChecks::infoHash, "info_hash"))
        .run(MESH, "tracker_http_request", new HttpTrackerChecks.Request())
        .run(MESH, "tracker_http_response", new HttpTrackerChecks.Response())
        .run(
            MESH,
            "tracker_udp",
            new MixedCheck(TrackerChecks::udp, "announce_packet", "connect_packet", "peers"))
        .run(MESH, "tracker_udp_reject", new UdpRejectCheck())
        .run(MESH, "tracker_order", new MixedCheck(TrackerChecks::order, "steps"))
        .run(MESH, "same_endpoint", new MixedCheck(DiscoveryChecks::sameEndpoint, "same"))
        .run(MESH, "lan_beacon", new MixedCheck(DiscoveryChecks::beaconHeard, "accepted"))
        .run(MESH, "lan_beacon_out", new MixedCheck(DiscoveryChecks::beaconSent, "json"))
        .run(
            MESH,
            "peer_cache",
            new MixedCheck(
                DiscoveryChecks::peerCache, "file_order", "loaded_with_ttl_500s", "written"));
  }

  private static void nat(KindTable kinds) {
    kinds
        .run(TRANSPORT, "stun_request", StunChecks::request)
        .run(TRANSPORT, "stun_success", StunChecks::success)
        .run(TRANSPORT, "stun_parse", StunChecks::parse)
        .run(MESH, "stun", new MixedCheck(StunChecks::exchange, "request", "response"))
        .run(MESH, "stun_parse", new MixedCheck(StunChecks::observed, "is_stun", "observed", "ok"))
        .run(MESH, "natpmp", new MixedCheck(GatewayChecks::natPmp, "mapped", "ok", "requests"))
        .run(MESH, "upnp", new MixedCheck(GatewayChecks::upnp, "calls", "mapped", "ok"))
        .run(MESH, "pcp", new MixedCheck(GatewayChecks::pcp, "mapped", "ok", "requests"))
        .run(
            MESH,
            "pcp_parse",
            new MixedCheck(GatewayChecks::parsePcp, "external_ip", "external_port", "ok"));
  }

  private static void natProfile(KindTable kinds) {
    kinds
        .run(
            MESH,
            "nat_detect",
            NatProfileChecks.check(
                NatProfileChecks::detect, "external", "public_reachable", "type"))
        .run(
            MESH,
            "nat_external",
            NatProfileChecks.check(
                NatProfileChecks::external, "external_after", "public_reachable", "type_after"))
        .run(MESH, "nat_label", NatProfileChecks.check(NatProfileChecks::label, "type_after"))
        .run(
            MESH,
            "nat_observations",
            NatProfileChecks.check(
                NatProfileChecks::observations, "public_reachable_after", "type_after"))
        .run(MESH, "stun_gate", NatProfileChecks.check(NatProfileChecks::stunGate, "use_stun"))
        .run(
            MESH,
            "supernode_ready",
            NatProfileChecks.check(NatProfileChecks::supernodeReady, "ready"));
  }

  private static void paths(KindTable kinds) {
    kinds
        .run(MESH, "coord_at", new MixedCheck(PathChecks::coordAt, "result_ms"))
        .run(MESH, "holepunch_plan", new MixedCheck(PathChecks::plan, "plan", "remote_step"))
        .run(MESH, "holepunch_reply", new PathChecks.Replies())
        .run(
            MESH,
            "direct_budget",
            new MixedCheck(
                PathChecks::budget,
                "dial_full_us",
                "dial_short_us",
                "final_full_us",
                "final_short_us",
                "refresh_us"))
        .run(MESH, "prefer_relay", new MixedCheck(PathChecks::prefersRelay, "prefer_relay"))
        .run(MESH, "short_probe", new MixedCheck(PathChecks::shortProbe, "short"));
  }

  private static void relays(KindTable kinds) {
    kinds
        .run(TRANSPORT, "relay_seal", RelayChecks::transportSeal)
        .run(
            MESH,
            "relay_gossip_seal",
            new MixedCheck(RelayChecks::meshSeal, "aad", "key", "payload", "shared_secret"))
        .run(
            MESH,
            "relay_signature",
            new MixedCheck(RelayChecks::signature, "envelope_json", "signature", "signed_bytes"))
        .run(MESH, "relay_rate", new MixedCheck(RelayChecks::rate, "capacity", "refill_per_second"))
        .run(MESH, "relay_select", new MixedCheck(RelayChecks::select, "candidates", "error"));
  }
}
