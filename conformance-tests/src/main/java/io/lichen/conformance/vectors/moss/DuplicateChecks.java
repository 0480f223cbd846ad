// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Vector;
import io.lichen.core.moss.runtime.peer.DuplicateSessionRule;
import io.lichen.core.moss.runtime.peer.DuplicateSessionRule.Candidate;
import io.lichen.crypto.PeerId;
import io.lichen.transport.moss.Carrier;

/** Which of two sessions with one peer stays. */
final class DuplicateChecks {
  private static final int PEER_ID_CHARACTERS = 64;

  private DuplicateChecks() {}

  static ObjectNode direction(Vector vector) {
    JsonNode inputs = vector.inputs();
    // The recorder's ids are short ones; zeros behind them change nothing in their order.
    PeerId local = PeerId.parse(padded(text(inputs, "local_peer_id")));
    PeerId remote = PeerId.parse(padded(text(inputs, "remote_peer_id")));
    return object().put("replace_existing", newWins(inputs, local, remote, 0));
  }

  static ObjectNode session(JsonNode vector) {
    PeerId local = PeerId.parse(text(vector, "local_id"));
    PeerId remote = PeerId.parse(text(vector, "remote_id"));
    int misses = vector.path("existing_ping_misses").intValue();
    return object().put("new_wins", newWins(vector, local, remote, misses));
  }

  private static boolean newWins(JsonNode inputs, PeerId local, PeerId remote, int misses) {
    Candidate existing =
        new Candidate(Carrier.UDP, inputs.path("existing_outbound").booleanValue());
    Candidate fresh = new Candidate(Carrier.UDP, inputs.path("new_outbound").booleanValue());
    return new DuplicateSessionRule(local, true).newWins(remote, existing, misses, fresh);
  }

  /**
   * The carriers decide if they alone make the outcome: whatever the directions and whoever has the
   * lower id.
   */
  static ObjectNode carrier(JsonNode vector) {
    Carrier existing = carrier(vector, "existing_stream");
    Carrier fresh = carrier(vector, "new_stream");
    PeerId low = PeerId.parse(padded("00"));
    PeerId high = PeerId.parse(padded("ff"));
    boolean always = true;
    boolean ever = false;
    for (boolean localIsLow : new boolean[] {true, false}) {
      var rule = new DuplicateSessionRule(localIsLow ? low : high, true);
      for (boolean freshOutbound : new boolean[] {true, false}) {
        boolean wins =
            rule.newWins(
                localIsLow ? high : low,
                new Candidate(existing, !freshOutbound),
                0,
                new Candidate(fresh, freshOutbound));
        always &= wins;
        ever |= wins;
      }
    }
    boolean decided = always == ever;
    return object().put("decided", decided).put("new_wins", decided && always);
  }

  private static Carrier carrier(JsonNode vector, String name) {
    return vector.path(name).booleanValue() ? Carrier.TCP : Carrier.UDP;
  }

  private static String padded(String hex) {
    return hex + "0".repeat(PEER_ID_CHARACTERS - hex.length());
  }
}
