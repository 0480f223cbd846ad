// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.crypto.PeerId;
import io.lichen.gossipsub.AddressGroup;
import io.lichen.gossipsub.PeerTraits;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the engine thinks of peers under the profile of the natives. */
final class ScoreChecks {
  private static final String RELAYED = "relay:";

  private ScoreChecks() {}

  /**
   * A recorded step is a sum of counters: an engine that saw as much must come to the same score.
   */
  static ObjectNode trace(JsonNode vector) {
    Map<String, ScoredPeer> peers = new HashMap<>();
    ObjectNode answer = object();
    ArrayNode steps = answer.putArray("steps");
    for (JsonNode step : vector.path("steps")) {
      ScoredPeer peer = peers.computeIfAbsent(text(step, "peer"), name -> new ScoredPeer());
      peer.apply(step);
      // The recording's tolerance is 0.01; the deficit takes a heartbeat of 10 ms to show.
      ObjectNode answered = steps.addObject().put("score", rounded(peer.score()));
      answered.set("relations", peer.relations());
    }
    return answer;
  }

  static ObjectNode colocation(JsonNode vector) throws UnknownHostException {
    PolicyEngine engine = new PolicyEngine();
    ObjectNode answer = object();
    ArrayNode peers = answer.putArray("peers");
    int number = 0;
    for (JsonNode peer : vector.path("peers")) {
      engine.gossip.addPeer(
          id(number++), new PeerTraits(false, false, group(text(peer, "addr"))), 0);
    }
    for (int each = 0; each < number; each++) {
      peers.addObject().put("penalty", rounded(engine.gossip.score(id(each))));
    }
    return answer;
  }

  static PeerId id(int number) {
    byte[] key = new byte[PeerId.BYTES];
    key[0] = (byte) (number >>> 8);
    key[1] = (byte) number;
    return PeerId.of(key);
  }

  private static @Nullable String group(String address) throws UnknownHostException {
    if (address.startsWith(RELAYED)) {
      return null;
    }
    String host = address.substring(0, address.lastIndexOf(':'));
    return AddressGroup.of(InetAddress.getByName(host));
  }

  private static BigDecimal rounded(double value) {
    return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_EVEN);
  }
}
