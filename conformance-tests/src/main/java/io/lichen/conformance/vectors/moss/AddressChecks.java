// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.MixedCheck;
import io.lichen.conformance.vectors.Vector;
import io.lichen.conformance.vectors.VectorCheck;
import io.lichen.core.moss.runtime.dial.DialSlots;
import io.lichen.core.moss.runtime.dial.KnownPeer;
import io.lichen.core.moss.runtime.exchange.AdvertisedAddress;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.core.moss.wire.PeerAnnouncement;
import io.lichen.crypto.PeerId;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which addresses are believed, told and dialled. */
final class AddressChecks {
  private static final PolicyRows ROWS = new PolicyRows("/policy/addresses.txt");
  private static final PeerId SUBJECT = ScoreChecks.id(1);
  private static final PeerId TELLER = ScoreChecks.id(2);
  private static final byte[] NO_KEY = {};
  private static final long NOW_NS = 1;

  private AddressChecks() {}

  /** A check whose rows on purpose stand in policy/addresses.txt. */
  static VectorCheck check(MixedCheck.Question question, String... expectations) {
    return check(ROWS, question, expectations);
  }

  /** A check with rows on purpose. */
  static VectorCheck check(PolicyRows rows, MixedCheck.Question question, String... expectations) {
    MixedCheck check = new MixedCheck(question, expectations);
    return new VectorCheck() {
      @Override
      public ObjectNode answer(Vector vector) throws Exception {
        return check.answer(vector);
      }

      @Override
      public ObjectNode expected(Vector vector) {
        return check.expected(vector);
      }

      @Override
      public List<Deviation> deviations(Vector vector) {
        return rows.of(vector.kind()).stream()
            .filter(row -> row.place().equals(vector.name()))
            .map(row -> row.at("/" + row.member()))
            .toList();
      }
    };
  }

  /** The address among those of a machine's interfaces. */
  static ObjectNode advertised(JsonNode vector) {
    List<InetAddress> addresses = new ArrayList<>();
    vector
        .path("addresses")
        .forEach(each -> addresses.add(InetAddress.ofLiteral(each.textValue().split("/", 2)[0])));
    String selected =
        AdvertisedAddress.best(addresses.stream()).map(InetAddress::getHostAddress).orElse("");
    return object().put("ok", !selected.isEmpty()).put("selected", selected);
  }

  static ObjectNode dialled(JsonNode vector) {
    List<JsonNode> ranked = new ArrayList<>();
    vector.path("ranked").forEach(ranked::add);
    ObjectNode answer = object();
    ArrayNode selected = answer.putArray("selected");
    DialSlots.choose(
            ranked,
            peer -> peer.path("relay_capable").booleanValue(),
            peer -> peer.path("bootstrap").booleanValue(),
            vector.path("limit").intValue(),
            vector.path("relay_deficit").intValue())
        .forEach(peer -> selected.add(text(peer, "id")));
    return answer;
  }

  /**
   * A peer says over its session that it is at one address, then at another; and which of two a
   * node believes to have itself.
   */
  static ObjectNode preferred(JsonNode vector) {
    KnownPeer known = new KnownPeer(SUBJECT, null);
    known.met(NO_KEY, null);
    Stream.of("current", "candidate").forEach(name -> announce(known, text(vector, name)));
    return object()
        .put("known_peer_result", Objects.requireNonNullElse(known.address(), ""))
        .put(
            "result",
            NatProfileChecks.preferred(text(vector, "current"), text(vector, "candidate")));
  }

  /** Whether an address that is told is ignored. */
  static ObjectNode frozen(JsonNode vector) {
    String candidate = text(vector, "candidate");
    boolean itself = !text(vector, "live_session").isEmpty();
    KnownPeer known = known(vector);
    boolean taken = itself || known.takesHearsay(said(candidate), NOW_NS);
    if (taken) {
      announce(known, candidate);
    }
    return object().put("frozen", !taken || !candidate.equals(known.address()));
  }

  /** Direct: dialled there. Verified: it has said so itself. Neither: somebody else told of it. */
  private static KnownPeer known(JsonNode vector) {
    String address = text(vector, "current_addr");
    boolean direct = vector.path("direct").booleanValue();
    boolean verified = vector.path("verified").booleanValue();
    KnownPeer known = new KnownPeer(SUBJECT, direct || verified ? null : TELLER);
    if (direct) {
      known.met(NO_KEY, orNull(address));
    } else {
      announce(known, address);
    }
    return known;
  }

  /** An announcement without an address is no announcement. */
  private static void announce(KnownPeer known, String address) {
    if (!address.isEmpty()) {
      known.announced(said(address), true, NOW_NS);
    }
  }

  private static @Nullable String orNull(String address) {
    return address.isEmpty() ? null : address;
  }

  private static PeerAnnouncement said(String address) {
    return new PeerAnnouncement(
        EnvelopeType.PEER_ANNOUNCE, SUBJECT, address, "", false, false, NO_KEY, new byte[64]);
  }
}
