// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import com.fasterxml.jackson.databind.JsonNode;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.Envelope.OverlayContact;
import io.lichen.core.moss.wire.Envelope.OverlayProvider;
import io.lichen.core.moss.wire.EnvelopeBuilder;
import io.lichen.core.moss.wire.EnvelopeType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds envelopes from a vector's members, without the decoder that is being tested. */
final class EnvelopeTrees {
  private EnvelopeTrees() {}

  /**
   * The envelope of these members.
   *
   * @param notUtf8 whether U+FFFD in the text stands for what is not Unicode
   */
  static Envelope envelope(JsonNode tree, boolean notUtf8) throws IOException {
    EnvelopeBuilder envelope = Envelope.of(EnvelopeType.PING).type(tree.path("type").asText());
    for (var member : tree.properties()) {
      JsonNode value = member.getValue();
      switch (member.getKey()) {
        case "type" -> {}
        case "channel" -> envelope.channel(text(value, notUtf8));
        case "message_id" -> envelope.messageId(value.asText());
        case "message_ids" -> envelope.messageIds(strings(value));
        case "sequence" -> envelope.sequence(value.bigIntegerValue().longValue());
        case "sender_id" -> envelope.senderId(octets(value));
        case "request_id" -> envelope.requestId(value.asText());
        case "observed_addr" -> envelope.observedAddress(value.asText());
        case "reachable" -> envelope.reachable(value.booleanValue());
        case "payload" -> envelope.payload(octets(value));
        case "ov_key" -> envelope.overlayKey(octets(value));
        case "ov_contacts" -> envelope.overlayContacts(contacts(value));
        case "ov_providers" -> envelope.overlayProviders(providers(value));
        default -> relayOrAdvertisement(member.getKey(), value, envelope);
      }
    }
    return envelope.build();
  }

  private static void relayOrAdvertisement(String name, JsonNode value, EnvelopeBuilder envelope)
      throws IOException {
    switch (name) {
      case "relay_session" -> envelope.relaySession(value.asText());
      case "relay_source" -> envelope.relaySource(value.asText());
      case "relay_target" -> envelope.relayTarget(value.asText());
      case "relay_signature" -> envelope.relaySignature(octets(value));
      case "coord_stage" -> envelope.coordStage(value.asText());
      case "coord_at" -> envelope.coordAt(value.longValue());
      case "advertised_peer_id" -> envelope.advertisedPeerId(value.asText());
      case "advertised_addr" -> envelope.advertisedAddress(value.asText());
      case "advertised_nat_type" -> envelope.advertisedNatType(value.asText());
      case "advertised_reachable" -> envelope.advertisedReachable(value.booleanValue());
      case "advertised_relay_capable" -> envelope.advertisedRelayCapable(value.booleanValue());
      case "advertised_noise_static" -> envelope.advertisedNoiseStatic(octets(value));
      case "advertised_signature" -> envelope.advertisedSignature(octets(value));
      default -> throw new IllegalArgumentException("an envelope has no member " + name);
    }
  }

  private static String text(JsonNode value, boolean notUtf8) {
    return notUtf8 ? value.asText().replace('\ufffd', '\ud800') : value.asText();
  }

  private static byte[] octets(JsonNode base64) throws IOException {
    return base64.binaryValue();
  }

  private static List<String> strings(JsonNode list) {
    List<String> strings = new ArrayList<>();
    list.forEach(element -> strings.add(element.asText()));
    return strings;
  }

  private static List<OverlayContact> contacts(JsonNode list) throws IOException {
    List<OverlayContact> contacts = new ArrayList<>();
    for (JsonNode contact : list) {
      contacts.add(
          new OverlayContact(octetsOrNull(contact.path("id")), contact.path("addr").asText()));
    }
    return contacts;
  }

  private static List<OverlayProvider> providers(JsonNode list) throws IOException {
    List<OverlayProvider> providers = new ArrayList<>();
    for (JsonNode provider : list) {
      byte[] payload = provider.has("payload") ? octets(provider.path("payload")) : new byte[0];
      providers.add(new OverlayProvider(octetsOrNull(provider.path("peer")), payload));
    }
    return providers;
  }

  private static byte @Nullable [] octetsOrNull(JsonNode value) throws IOException {
    return value.isNull() ? null : octets(value);
  }
}
