// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.wire;

import static io.lichen.core.moss.wire.EnvelopeMember.ADVERTISED_ADDR;
import static io.lichen.core.moss.wire.EnvelopeMember.ADVERTISED_NAT_TYPE;
import static io.lichen.core.moss.wire.EnvelopeMember.ADVERTISED_NOISE_STATIC;
import static io.lichen.core.moss.wire.EnvelopeMember.ADVERTISED_PEER_ID;
import static io.lichen.core.moss.wire.EnvelopeMember.ADVERTISED_REACHABLE;
import static io.lichen.core.moss.wire.EnvelopeMember.ADVERTISED_RELAY_CAPABLE;
import static io.lichen.core.moss.wire.EnvelopeMember.ADVERTISED_SIGNATURE;
import static io.lichen.core.moss.wire.EnvelopeMember.CHANNEL;
import static io.lichen.core.moss.wire.EnvelopeMember.COORD_AT;
import static io.lichen.core.moss.wire.EnvelopeMember.COORD_STAGE;
import static io.lichen.core.moss.wire.EnvelopeMember.MESSAGE_ID;
import static io.lichen.core.moss.wire.EnvelopeMember.MESSAGE_IDS;
import static io.lichen.core.moss.wire.EnvelopeMember.OBSERVED_ADDR;
import static io.lichen.core.moss.wire.EnvelopeMember.OV_CONTACTS;
import static io.lichen.core.moss.wire.EnvelopeMember.OV_KEY;
import static io.lichen.core.moss.wire.EnvelopeMember.OV_PROVIDERS;
import static io.lichen.core.moss.wire.EnvelopeMember.PAYLOAD;
import static io.lichen.core.moss.wire.EnvelopeMember.REACHABLE;
import static io.lichen.core.moss.wire.EnvelopeMember.RELAY_SESSION;
import static io.lichen.core.moss.wire.EnvelopeMember.RELAY_SIGNATURE;
import static io.lichen.core.moss.wire.EnvelopeMember.RELAY_SOURCE;
import static io.lichen.core.moss.wire.EnvelopeMember.RELAY_TARGET;
import static io.lichen.core.moss.wire.EnvelopeMember.REQUEST_ID;
import static io.lichen.core.moss.wire.EnvelopeMember.SENDER_ID;
import static io.lichen.core.moss.wire.EnvelopeMember.SEQUENCE;

import io.lichen.core.json.JsonWriter;
import io.lichen.core.moss.wire.Envelope.OverlayContact;
import io.lichen.core.moss.wire.Envelope.OverlayProvider;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes an envelope, octet-equal with the native: members in wire order, defaults left out, no
 * white space (docs/wire/moss-envelope.md, "What a sender writes").
 */
final class EnvelopeWriter {
  private static final byte[] TYPE_KEY = ascii("{\"type\":");
  private static final byte[] ID_KEY = ascii("{\"id\":");
  private static final byte[] ADDRESS_KEY = ascii(",\"addr\":");
  private static final byte[] PEER_KEY = ascii("{\"peer\":");
  private static final byte[] PAYLOAD_KEY = ascii(",\"payload\":");
  private static final byte[] TRUE = ascii("true");
  private static final byte[] NULL = ascii("null");

  /** Enough for the members that most envelopes have, without their octets. */
  private static final int TYPICAL_BYTES = 320;

  private final JsonWriter json;

  private EnvelopeWriter(JsonWriter json) {
    this.json = json;
  }

  static byte[] write(Envelope envelope) {
    int octets = JsonWriter.octetsSize(envelope.payload().length);
    EnvelopeWriter writer = new EnvelopeWriter(new JsonWriter(TYPICAL_BYTES + octets));
    writer.json.raw(TYPE_KEY).string(envelope.type());
    writer.gossip(envelope);
    writer.relay(envelope);
    writer.advertisement(envelope);
    writer.flag(REACHABLE, envelope.reachable());
    writer.octets(PAYLOAD, envelope.payload());
    writer.overlay(envelope);
    return writer.json.raw('}').toByteArray();
  }

  private void gossip(Envelope envelope) {
    text(CHANNEL, envelope.channel());
    text(MESSAGE_ID, envelope.messageId());
    list(MESSAGE_IDS, envelope.messageIds(), JsonWriter::string);
    if (envelope.sequence() != 0) {
      json.raw(SEQUENCE.key()).unsignedNumber(envelope.sequence());
    }
    octets(SENDER_ID, envelope.senderId());
  }

  private void relay(Envelope envelope) {
    text(RELAY_SESSION, envelope.relaySession());
    text(RELAY_SOURCE, envelope.relaySource());
    text(RELAY_TARGET, envelope.relayTarget());
    octets(RELAY_SIGNATURE, envelope.relaySignature());
    text(REQUEST_ID, envelope.requestId());
    text(COORD_STAGE, envelope.coordStage());
    if (envelope.coordAt() != 0) {
      json.raw(COORD_AT.key()).number(envelope.coordAt());
    }
  }

  private void advertisement(Envelope envelope) {
    text(OBSERVED_ADDR, envelope.observedAddress());
    text(ADVERTISED_PEER_ID, envelope.advertisedPeerId());
    text(ADVERTISED_ADDR, envelope.advertisedAddress());
    text(ADVERTISED_NAT_TYPE, envelope.advertisedNatType());
    flag(ADVERTISED_REACHABLE, envelope.advertisedReachable());
    flag(ADVERTISED_RELAY_CAPABLE, envelope.advertisedRelayCapable());
    octets(ADVERTISED_NOISE_STATIC, envelope.advertisedNoiseStatic());
    octets(ADVERTISED_SIGNATURE, envelope.advertisedSignature());
  }

  private void overlay(Envelope envelope) {
    octets(OV_KEY, envelope.overlayKey());
    list(OV_CONTACTS, envelope.overlayContacts(), EnvelopeWriter::contact);
    list(OV_PROVIDERS, envelope.overlayProviders(), EnvelopeWriter::provider);
  }

  private static void contact(JsonWriter json, OverlayContact contact) {
    octetsOrNull(json.raw(ID_KEY), contact.id());
    json.raw(ADDRESS_KEY).string(contact.address()).raw('}');
  }

  private static void provider(JsonWriter json, OverlayProvider provider) {
    octetsOrNull(json.raw(PEER_KEY), provider.peer());
    if (provider.payload().length > 0) {
      json.raw(PAYLOAD_KEY).octets(provider.payload());
    }
    json.raw('}');
  }

  private <T> void list(EnvelopeMember member, List<T> items, BiConsumer<JsonWriter, T> write) {
    if (items.isEmpty()) {
      return;
    }
    json.raw(member.key());
    char separator = '[';
    for (T item : items) {
      json.raw(separator);
      write.accept(json, item);
      separator = ',';
    }
    json.raw(']');
  }

  private void text(EnvelopeMember member, String value) {
    if (!value.isEmpty()) {
      json.raw(member.key()).string(value);
    }
  }

  private void octets(EnvelopeMember member, byte[] value) {
    if (value.length > 0) {
      json.raw(member.key()).octets(value);
    }
  }

  private void flag(EnvelopeMember member, boolean value) {
    if (value) {
      json.raw(member.key()).raw(TRUE);
    }
  }

  private static void octetsOrNull(JsonWriter json, byte @Nullable [] value) {
    if (value == null) {
      json.raw(NULL);
    } else {
      json.octets(value);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
