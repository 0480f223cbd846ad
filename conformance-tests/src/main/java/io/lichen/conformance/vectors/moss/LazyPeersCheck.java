// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Trees;
import io.lichen.crypto.Blake2s;
import io.lichen.crypto.PeerId;
import io.lichen.gossipsub.GossipMessage;
import io.lichen.gossipsub.PublishedMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Whom the engine tells of a message at a certain heartbeat, under the profile of the natives. */
final class LazyPeersCheck {
  /** Too bad for the mesh, good enough for gossip. */
  private static final double OUTSIDE_THE_MESH = -1;

  private LazyPeersCheck() {}

  static ObjectNode answer(JsonNode vector) {
    String topic = text(vector, "topic");
    int counter = vector.path("heartbeat_counter").intValue();
    PolicyEngine engine = new PolicyEngine(vector.path("limit").intValue());
    for (int tick = 0; tick < counter; tick++) {
      engine.gossip.heartbeat(0);
    }
    engine.gossip.subscribe(topic, 0);
    for (JsonNode peer : vector.path("peers")) {
      PeerId id = PeerId.parse(peer.textValue());
      engine.overrides.put(id, OUTSIDE_THE_MESH);
      engine.gossip.addPeer(id, false, 0);
      engine.gossip.receive(id, new GossipMessage.Graft(topic), 0);
    }
    engine.gossip.publish(
        new PublishedMessage(topic, "id", 1, new byte[32], new byte[] {1}, new byte[] {1}), 0);
    engine.sent.clear();
    engine.gossip.heartbeat(0);
    ObjectNode answer = Trees.object();
    String first = topic + vector.path("peers").path(0).textValue() + counter;
    answer.put("key_of_first", Trees.hex(Blake2s.hash(first.getBytes(StandardCharsets.UTF_8))));
    ArrayNode selected = answer.putArray("selected");
    told(engine).forEach(peer -> selected.add(peer.hex()));
    return answer;
  }

  private static List<PeerId> told(PolicyEngine engine) {
    List<PeerId> told = new ArrayList<>();
    for (PolicyEngine.Sent sent : engine.sent) {
      if (sent.message() instanceof GossipMessage.IHave) {
        told.add(sent.to());
      }
    }
    return told;
  }
}
