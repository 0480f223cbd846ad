// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.lichen.core.moss.runtime.inbound.BindingAnswer;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.crypto.PeerId;
import java.util.HashMap;
import java.util.Map;

/** Where a node sees those who ask it. */
final class BindingTraceCheck extends SentTraceCheck {
  @Override
  Receiver receiver(JsonNode setup, Sent sent) {
    Map<PeerId, String> seen = new HashMap<>();
    for (JsonNode peer : setup.path("peers")) {
      seen.put(PeerId.parse(text(peer, "id")), text(peer, "addr"));
    }
    return (from, type, envelope) -> {
      if (BindingAnswer.isWanted(envelope)) {
        String address = seen.getOrDefault(from, "");
        sent.add(from, EnvelopeCodec.encode(BindingAnswer.to(envelope, address)));
      }
    };
  }
}
