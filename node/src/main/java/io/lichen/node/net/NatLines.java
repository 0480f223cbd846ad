// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.net;

import io.lichen.core.net.NetNat;
import io.lichen.core.net.PeerInfo;
import io.lichen.core.net.TraversalStats;
import io.lichen.nat.path.Openness;
import io.lichen.node.lines.BadLineException;
import io.lichen.node.lines.LineObject;
import io.lichen.node.lines.LineOutput;
import java.net.InetSocketAddress;
import java.util.Optional;

/** What a program asks for about the NAT that the node is behind. */
final class NatLines {
  private NatLines() {}

  /** Asks the peers what this node is behind; or tells what another one says of itself. */
  static LineOutput.Members natType(NetNat nat, LineObject op) throws BadLineException {
    if (op.has("nodeId")) {
      Openness said = nat.natType(op.u64("nodeId"));
      return json -> json.writeStringField("natType", NetReplies.word(said));
    }
    Openness found = nat.reclassify();
    Optional<InetSocketAddress> seen = nat.reflexAddress();
    return json -> {
      json.writeStringField("natType", NetReplies.word(found));
      json.writeStringField("reflexAddress", seen.map(Addresses::text).orElse(null));
    };
  }

  /** Where a peer sees this node. */
  static LineOutput.Members probeReflex(NetNat nat, LineObject op) throws BadLineException {
    InetSocketAddress seen = nat.probeReflex(op.u64("nodeId"));
    return json -> json.writeStringField("address", Addresses.text(seen));
  }

  /** Says where this node is seen; without an address, takes that back. */
  static LineOutput.Members reflexOverride(NetNat nat, LineObject op) throws BadLineException {
    if (op.has("address")) {
      nat.overrideReflex(Addresses.parse(op, "address"));
    } else {
      nat.clearReflexOverride();
    }
    return json -> {};
  }

  /** Opens a session without a relay, as far as NATs allow. */
  static LineOutput.Members connectDirect(NetNat nat, LineObject op) throws BadLineException {
    long nodeId = op.u64("nodeId");
    byte[] key = op.hex("publicKey");
    long beginNs = System.nanoTime();
    PeerInfo peer =
        op.has("coordinator")
            ? nat.connectDirect(nodeId, key, op.u64("coordinator"))
            : nat.connectDirect(nodeId, key);
    long elapsedNs = System.nanoTime() - beginNs;
    return json -> {
      json.writeStringField("address", Addresses.text(peer.address()));
      json.writeBooleanField("viaRelay", peer.viaRelay());
      json.writeNumberField("elapsedNs", elapsedNs);
    };
  }

  /** Counts, under the native's names. */
  static LineOutput.Members traversalStats(NetNat nat) {
    TraversalStats stats = nat.stats();
    return json -> {
      json.writeObjectFieldStart("traversal");
      json.writeNumberField("punches_attempted", stats.punchesAttempted());
      json.writeNumberField("punches_succeeded", stats.punchesSucceeded());
      json.writeNumberField("punches_failed", stats.punchesFailed());
      json.writeNumberField("relay_fallbacks", stats.relayFallbacks());
      json.writeNumberField("punch_timeouts", stats.punchTimeouts());
      json.writeNumberField("punch_rejections", stats.punchRejections());
      json.writeNumberField("rendezvous_no_relay", stats.rendezvousNoRelay());
      json.writeNumberField("upgrades_attempted", stats.upgradesAttempted());
      json.writeNumberField("upgrades_succeeded", stats.upgradesSucceeded());
      json.writeEndObject();
    };
  }
}
