// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.lichen.core.moss.discovery.Endpoint;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.crypto.PeerId;
import java.io.IOException;
import java.net.InetSocketAddress;

/** What the parts of NAT traversal answer to what is not gossip. */
final class NatPartsTraceCheck extends SentTraceCheck {
  /** Where the recording's node believes its second peer to be. */
  private static final String KNOWN = "known_addr_of_peer_1";

  @Override
  Receiver receiver(JsonNode setup, Sent sent) throws IOException {
    RecordedNode node =
        new RecordedNode(RecordedIdentities.of(setup, "local_identity"), sent::add, sent::relayed);
    for (JsonNode peer : setup.path("peers")) {
      Endpoint seen = Endpoint.parse(text(peer, "addr")).orElseThrow();
      node.connect(PeerId.parse(text(peer, "id")), new InetSocketAddress(seen.host(), seen.port()));
    }
    if (setup.has(KNOWN)) {
      node.knows(PeerId.parse(text(setup.path("peers").path(1), "id")), text(setup, KNOWN));
    }
    return new Receiver() {
      @Override
      public void receive(PeerId from, EnvelopeType type, Envelope envelope) {
        node.receive(from, type, envelope);
      }

      @Override
      public void close() {
        node.close();
      }
    };
  }
}
