// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.hex;
import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Trees;
import io.lichen.conformance.vectors.Vector;
import io.lichen.conformance.vectors.VectorCheck;
import io.lichen.core.moss.discovery.bencode.Bencode;
import io.lichen.core.moss.discovery.bencode.BencodeException;
import io.lichen.core.moss.discovery.bencode.BencodeReader;
import io.lichen.core.moss.discovery.tracker.HttpAnnounceCodec;
import io.lichen.core.moss.discovery.tracker.TrackerException;
import java.util.List;

/** What HTTP trackers and nodes say to each other. */
final class HttpTrackerChecks {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private HttpTrackerChecks() {}

  /** The target of an announce. */
  static final class Request implements VectorCheck {
    @Override
    public ObjectNode answer(Vector vector) {
      return object().put("request_target", target(vector.inputs()));
    }

    @Override
    public ObjectNode expected(Vector vector) {
      return Trees.members(vector.inputs(), "request_target");
    }

    @Override
    public List<Deviation> deviations(Vector vector) {
      if (!text(vector.inputs(), "event").equals("none")) {
        return List.of();
      }
      String ours = target(vector.inputs());
      return List.of(
          new Deviation(
              "/request_target",
              JSON.textNode(ours.replace("&info_hash=", "&event=none&info_hash=")),
              JSON.textNode(ours),
              "BEP 3 knows no event of this name: an announce without event leaves it out"));
    }

    private static String target(JsonNode vector) {
      String[] parts = text(vector, "tracker_path").split("\\?", 2);
      String query = parts.length == 2 ? parts[1] : null;
      return parts[0] + "?" + HttpAnnounceCodec.query(query, TrackerChecks.request(vector));
    }
  }

  /** What is read out of an answer. */
  static final class Response implements VectorCheck {
    @Override
    public ObjectNode answer(Vector vector) {
      ObjectNode answer = object();
      try {
        var response = HttpAnnounceCodec.decode(hex(vector.inputs(), "body"));
        TrackerChecks.addAll(answer.put("error", false).putArray("peers"), response.peers());
        return answer;
      } catch (TrackerException e) {
        return answer.put("error", true);
      }
    }

    @Override
    public ObjectNode expected(Vector vector) {
      return Trees.members(vector.inputs(), "error", "peers");
    }

    @Override
    public List<Deviation> deviations(Vector vector) {
      ObjectNode answer = answer(vector);
      ArrayNode recorded = JSON.arrayNode();
      answer.path("peers").forEach(peer -> addUnlessIpv6(recorded, peer));
      if (hasList(vector)) {
        String reason = "BEP 3's own form of a list: some trackers know no other";
        return List.of(
            new Deviation("/error", JSON.booleanNode(true), answer.path("error"), reason),
            new Deviation("/peers", MissingNode.getInstance(), answer.path("peers"), reason));
      }
      return recorded.equals(answer.path("peers")) || !answer.has("peers")
          ? List.of()
          : List.of(
              new Deviation(
                  "/peers", recorded, answer.path("peers"), "BEP 7: peers6 are peers too"));
    }

    private static void addUnlessIpv6(ArrayNode peers, JsonNode peer) {
      if (!peer.asText().startsWith("[")) {
        peers.add(peer);
      }
    }

    private static boolean hasList(Vector vector) {
      try {
        return BencodeReader.readFirst(hex(vector.inputs(), "body"))
                instanceof Bencode.Dictionary dictionary
            && dictionary.members().values().stream().anyMatch(Bencode.Items.class::isInstance);
      } catch (BencodeException e) {
        return false;
      }
    }
  }
}
