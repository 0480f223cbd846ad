// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.ListCheck;
import io.lichen.conformance.vectors.Vector;
import io.lichen.conformance.vectors.VectorCheck;
import io.lichen.nat.path.Budgets;
import io.lichen.nat.path.PairTable;
import io.lichen.nat.path.ShortProbe;
import io.lichen.nat.profile.NatType;
import io.lichen.nat.punch.CoordTime;
import io.lichen.nat.punch.OpenOffers;
import io.lichen.nat.punch.PortPrediction;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How a direct path to a peer is looked for. */
final class PathChecks {
  private static final PolicyRows ROWS = new PolicyRows("/policy/nat.txt");
  private static final ListCheck REPLIES =
      new ListCheck(PathChecks::replies, "steps", "known_addr_after", "still_pending");
  private static final int MAX_REPLIES = 4;

  private PathChecks() {}

  /** Replies to a punch under way; rows on purpose stand in policy/nat.txt. */
  static final class Replies implements VectorCheck {
    @Override
    public ObjectNode answer(Vector vector) throws Exception {
      return REPLIES.answer(vector);
    }

    @Override
    public ObjectNode expected(Vector vector) {
      return REPLIES.expected(vector);
    }

    @Override
    public List<Deviation> deviations(Vector vector) {
      return ROWS.of(vector.kind()).stream()
          .filter(row -> row.place().equals(vector.name()))
          .map(row -> row.at("/steps/" + row.member()))
          .toList();
    }
  }

  static ObjectNode coordAt(JsonNode vector) {
    return object()
        .put(
            "result_ms",
            CoordTime.normalized(
                vector.path("coord_at").longValue(), vector.path("now_ms").longValue()));
  }

  static ObjectNode budget(JsonNode vector) {
    long leftNs = TimeUnit.MILLISECONDS.toNanos(vector.path("remaining_ms").longValue());
    return object()
        .put("refresh_us", micros(Budgets.refreshNs(leftNs)))
        .put("dial_full_us", micros(Budgets.firstDialNs(leftNs, false)))
        .put("dial_short_us", micros(Budgets.firstDialNs(leftNs, true)))
        .put("final_full_us", micros(Budgets.lastDialNs(leftNs, false)))
        .put("final_short_us", micros(Budgets.lastDialNs(leftNs, true)));
  }

  private static long micros(long ns) {
    return TimeUnit.NANOSECONDS.toMicros(ns);
  }

  static ObjectNode prefersRelay(JsonNode vector) {
    return object()
        .put("prefer_relay", PairTable.prefersRelay(type(vector, "local"), type(vector, "remote")));
  }

  static ObjectNode shortProbe(JsonNode vector) {
    return object()
        .put(
            "short",
            ShortProbe.applies(
                text(vector, "addr"),
                vector.path("lan").booleanValue(),
                vector.path("public_reachable").booleanValue(),
                type(vector, "nat_type")));
  }

  private static NatType type(JsonNode vector, String member) {
    NatType type = NatType.of(text(vector, member));
    return type == null ? NatType.UNKNOWN : type;
  }

  /**
   * The native tries its plan one after the other, the last one again and again: so it is padded.
   */
  static ObjectNode plan(JsonNode vector) {
    int attempts = Math.max(1, vector.path("attempts").intValue());
    List<String> locals = endpoints(vector, "local", "local_observations", attempts);
    List<String> remotes = endpoints(vector, "remote", "remote_observations", attempts);
    ObjectNode answer = object();
    ArrayNode plan = answer.putArray("plan");
    for (int i = 0; i < attempts; i++) {
      plan.addObject()
          .put("local", locals.get(Math.min(i, locals.size() - 1)))
          .put("remote", remotes.get(Math.min(i, remotes.size() - 1)));
    }
    return answer.put("remote_step", PortPrediction.step(ports(vector, "remote_observations")));
  }

  private static List<String> endpoints(
      JsonNode vector, String member, String observations, int attempts) {
    boolean prediction = vector.path("prediction").booleanValue();
    List<InetSocketAddress> seen = new ArrayList<>();
    vector.path(observations).forEach(each -> seen.add(address(each.textValue())));
    return PortPrediction.endpoints(address(text(vector, member)), seen, prediction ? attempts : 1)
        .stream()
        .map(each -> each.getHostString() + ":" + each.getPort())
        .toList();
  }

  private static List<Integer> ports(JsonNode vector, String observations) {
    List<Integer> ports = new ArrayList<>();
    vector.path(observations).forEach(each -> ports.add(address(each.textValue()).getPort()));
    return ports;
  }

  private static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, colon);
    int port = Integer.parseInt(text.substring(colon + 1));
    return Character.isDigit(host.charAt(0))
        ? new InetSocketAddress(host, port)
        : InetSocketAddress.createUnresolved(host, port);
  }

  private static ObjectNode replies(JsonNode vector) {
    OpenOffers<String, String> offers = new OpenOffers<>(MAX_REPLIES);
    offers.open("h", text(vector, "coordinator"), text(vector, "target"), "punch");
    String known = text(vector, "known_addr_before");
    ObjectNode answer = object();
    ArrayNode steps = answer.putArray("steps");
    for (JsonNode step : vector.path("steps")) {
      JsonNode reply = step.path("envelope");
      boolean taken =
          offers
              .take(text(reply, "request_id"), text(step, "from"), text(reply, "relay_source"))
              .isPresent();
      known = taken ? text(reply, "advertised_addr") : known;
      steps.addObject().put("known_addr_after", known).put("still_pending", offers.isOpen("h"));
    }
    return answer;
  }
}
