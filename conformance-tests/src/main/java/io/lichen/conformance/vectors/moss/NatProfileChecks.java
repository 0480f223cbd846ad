// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.MixedCheck;
import io.lichen.conformance.vectors.VectorCheck;
import io.lichen.core.moss.discovery.Endpoint;
import io.lichen.core.moss.runtime.nat.StunGate;
import io.lichen.nat.behaviour.Filtering;
import io.lichen.nat.behaviour.Mapping;
import io.lichen.nat.profile.AddressSource;
import io.lichen.nat.profile.ExternalAddresses;
import io.lichen.nat.profile.NatEvidence;
import io.lichen.nat.profile.NatProfile;
import io.lichen.nat.profile.NatType;
import io.lichen.nat.profile.Round;
import io.lichen.nat.profile.Sample;
import io.lichen.nat.reach.SupernodeRule;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a node takes itself to be behind. */
final class NatProfileChecks {
  private static final PolicyRows ROWS = new PolicyRows("/policy/nat.txt");
  private static final SupernodeRule DEFAULT_RULE =
      new SupernodeRule(Duration.ofMinutes(5).toNanos(), 50);

  private NatProfileChecks() {}

  /** A check whose rows on purpose stand in policy/nat.txt. */
  static VectorCheck check(MixedCheck.Question question, String... expectations) {
    return AddressChecks.check(ROWS, question, expectations);
  }

  static ObjectNode detect(JsonNode vector) {
    NatEvidence evidence =
        endpoint(text(vector, "listen_addr")).map(NatEvidence::ofListener).orElse(NatEvidence.NONE);
    return object()
        .put("external", StunChecks.goText(evidence.external()))
        .put("public_reachable", evidence.reachable())
        .put("type", evidence.type().wireName());
  }

  static ObjectNode external(JsonNode vector) {
    NatEvidence before =
        evidence(text(vector, "type_before"))
            .withExternal(endpoint(text(vector, "external_before")).orElseThrow());
    NatEvidence after = endpoint(text(vector, "observed")).map(before::withExternal).orElse(before);
    return object()
        .put("external_after", StunChecks.goText(after.external()))
        .put("public_reachable", after.reachable())
        .put("type_after", after.type().wireName());
  }

  static ObjectNode label(JsonNode vector) {
    NatEvidence after =
        evidence(text(vector, "type_before"))
            .withExternal(endpoint(text(vector, "observed")).orElse(null))
            .withReachable(vector.path("public_reachable").booleanValue());
    return object().put("type_after", after.type().wireName());
  }

  /** The native's history as one round: each observation from a host of its own. */
  static ObjectNode observations(JsonNode vector) {
    List<Sample> samples = new ArrayList<>();
    for (JsonNode each : vector.path("observations")) {
      InetAddress observer = InetAddress.ofLiteral("192.0.2." + (samples.size() + 1));
      endpoint(each.textValue()).ifPresent(seen -> samples.add(new Sample(observer, seen)));
    }
    NatEvidence before = evidence(text(vector, "type_before")).withReachable(true);
    Round round = Round.of(samples);
    NatEvidence after =
        round.mapping() == Mapping.UNKNOWN ? before : before.withMapping(round.mapping());
    return object()
        .put("public_reachable_after", after.reachable())
        .put("type_after", after.type().wireName());
  }

  static ObjectNode stunGate(JsonNode vector) {
    return object()
        .put(
            "use_stun",
            StunGate.isOpen(texts(vector.path("trackers")), texts(vector.path("static_peers"))));
  }

  static ObjectNode supernodeReady(JsonNode vector) {
    NatProfile profile =
        new NatProfile(
            Objects.requireNonNull(NatType.of(text(vector, "nat_type"))),
            vector.path("public_reachable").booleanValue(),
            null,
            0);
    long uptimeNs = Duration.ofSeconds(vector.path("uptime_s").longValue()).toNanos();
    return object().put("ready", DEFAULT_RULE.admits(profile, uptimeNs, 0));
  }

  /** What counts of the words of a lesser source and a better one. */
  static String preferred(String lesser, String better) {
    ExternalAddresses addresses = new ExternalAddresses();
    addresses.said(AddressSource.CLAIM, endpoint(lesser).orElse(null));
    addresses.said(AddressSource.STUN, endpoint(better).orElse(null));
    return StunChecks.goText(addresses.best());
  }

  /** Evidence for which a type is the name. */
  private static NatEvidence evidence(String typeName) {
    return switch (Objects.requireNonNull(NatType.of(typeName))) {
      case UNKNOWN -> NatEvidence.NONE;
      case PUBLIC -> seen(Mapping.NONE, Filtering.ENDPOINT_INDEPENDENT).withExternal(somewhere());
      case FULL_CONE -> seen(Mapping.ENDPOINT_INDEPENDENT, Filtering.ENDPOINT_INDEPENDENT);
      case RESTRICTED_CONE -> seen(Mapping.ENDPOINT_INDEPENDENT, Filtering.ADDRESS_DEPENDENT);
      case PORT_RESTRICTED_CONE -> seen(Mapping.ENDPOINT_INDEPENDENT, Filtering.UNKNOWN);
      case SYMMETRIC_NAT -> seen(Mapping.ADDRESS_AND_PORT_DEPENDENT, Filtering.UNKNOWN);
      case CGNAT -> NatEvidence.NONE.withCarrier(true);
    };
  }

  private static NatEvidence seen(Mapping mapping, Filtering filtering) {
    return NatEvidence.NONE.withMapping(mapping).withFiltering(filtering);
  }

  private static InetSocketAddress somewhere() {
    return new InetSocketAddress(InetAddress.ofLiteral("203.0.113.99"), 1);
  }

  private static Optional<InetSocketAddress> endpoint(String text) {
    return Endpoint.parse(text)
        .map(endpoint -> new InetSocketAddress(endpoint.host(), endpoint.port()));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.textValue()));
    return texts;
  }
}
