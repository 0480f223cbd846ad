// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.wire;

import io.lichen.core.json.JsonException;
import io.lichen.core.json.JsonReader;
import io.lichen.core.json.NameTable;
import io.lichen.core.moss.wire.Envelope.OverlayContact;
import io.lichen.core.moss.wire.Envelope.OverlayProvider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an envelope. Accepts all that the native accepts, since a peer may send it, and refuses all
 * that it refuses (docs/wire/moss-envelope.md, "What a receiver accepts"): unknown members are
 * skipped, names match in any letter case, the last of several counts, null leaves a scalar as it
 * is and empties the rest.
 */
final class EnvelopeReader {
  private static final NameTable CONTACT = new NameTable(List.of("id", "addr"));
  private static final NameTable PROVIDER = new NameTable(List.of("peer", "payload"));

  private EnvelopeReader() {}

  static Envelope read(JsonReader reader) throws JsonException {
    EnvelopeBuilder out = new EnvelopeBuilder();
    if (!reader.tryNull()) {
      reader.beginObject();
      while (reader.nextMember()) {
        member(reader, reader.nameIndex(EnvelopeMember.NAMES), out);
      }
    }
    reader.end();
    return out.build();
  }

  private static void member(JsonReader reader, int index, EnvelopeBuilder out)
      throws JsonException {
    if (index < 0) {
      reader.skipValue();
      return;
    }
    switch (EnvelopeMember.of(index)) {
      case TYPE -> out.type = text(reader, out.type);
      case CHANNEL -> out.channel = text(reader, out.channel);
      case MESSAGE_ID -> out.messageId = text(reader, out.messageId);
      case MESSAGE_IDS -> out.messageIds = strings(reader, out.messageIds);
      case SEQUENCE -> out.sequence = reader.tryNull() ? out.sequence : reader.readUnsignedLong();
      case SENDER_ID -> out.senderId = octets(reader, out.senderId);
      case RELAY_SESSION -> out.relaySession = text(reader, out.relaySession);
      case RELAY_SOURCE -> out.relaySource = text(reader, out.relaySource);
      case RELAY_TARGET -> out.relayTarget = text(reader, out.relayTarget);
      case RELAY_SIGNATURE -> out.relaySignature = octets(reader, out.relaySignature);
      case REQUEST_ID -> out.requestId = text(reader, out.requestId);
      case COORD_STAGE -> out.coordStage = text(reader, out.coordStage);
      case COORD_AT -> out.coordAt = reader.tryNull() ? out.coordAt : reader.readLong();
      case OBSERVED_ADDR -> out.observedAddress = text(reader, out.observedAddress);
      case ADVERTISED_PEER_ID -> out.advertisedPeerId = text(reader, out.advertisedPeerId);
      case ADVERTISED_ADDR -> out.advertisedAddress = text(reader, out.advertisedAddress);
      case ADVERTISED_NAT_TYPE -> out.advertisedNatType = text(reader, out.advertisedNatType);
      case ADVERTISED_REACHABLE -> out.advertisedReachable = flag(reader, out.advertisedReachable);
      case ADVERTISED_RELAY_CAPABLE ->
          out.advertisedRelayCapable = flag(reader, out.advertisedRelayCapable);
      case ADVERTISED_NOISE_STATIC ->
          out.advertisedNoiseStatic = octets(reader, out.advertisedNoiseStatic);
      case ADVERTISED_SIGNATURE ->
          out.advertisedSignature = octets(reader, out.advertisedSignature);
      case REACHABLE -> out.reachable = flag(reader, out.reachable);
      case PAYLOAD -> out.payload = octets(reader, out.payload);
      case OV_KEY -> out.overlayKey = octets(reader, out.overlayKey);
      case OV_CONTACTS -> out.overlayContacts = contacts(reader, out.overlayContacts);
      case OV_PROVIDERS -> out.overlayProviders = providers(reader, out.overlayProviders);
    }
  }

  private static String text(JsonReader reader, String before) throws JsonException {
    return reader.tryNull() ? before : reader.readString();
  }

  private static boolean flag(JsonReader reader, boolean before) throws JsonException {
    return reader.tryNull() ? before : reader.readBoolean();
  }

  private static byte[] octets(JsonReader reader, byte[] before) throws JsonException {
    return reader.tryNull() ? Envelope.NO_OCTETS : reader.readOctets(before);
  }

  private static byte @Nullable [] key(JsonReader reader, byte @Nullable [] before)
      throws JsonException {
    return reader.tryNull()
        ? null
        : reader.readOctets(before == null ? Envelope.NO_OCTETS : before);
  }

  private static List<String> strings(JsonReader reader, List<String> before) throws JsonException {
    return reader.tryNull() ? List.of() : reader.readStrings(before);
  }

  private static List<OverlayContact> contacts(JsonReader reader, List<OverlayContact> before)
      throws JsonException {
    return reader.tryNull()
        ? List.of()
        : reader.readList(before, OverlayContact.EMPTY, EnvelopeReader::contact);
  }

  private static OverlayContact contact(JsonReader reader, OverlayContact before)
      throws JsonException {
    byte @Nullable [] id = before.id();
    String address = before.address();
    reader.beginObject();
    while (reader.nextMember()) {
      switch (reader.nameIndex(CONTACT)) {
        case 0 -> id = key(reader, id);
        case 1 -> address = text(reader, address);
        default -> reader.skipValue();
      }
    }
    return new OverlayContact(id, address);
  }

  private static List<OverlayProvider> providers(JsonReader reader, List<OverlayProvider> before)
      throws JsonException {
    return reader.tryNull()
        ? List.of()
        : reader.readList(before, OverlayProvider.EMPTY, EnvelopeReader::provider);
  }

  private static OverlayProvider provider(JsonReader reader, OverlayProvider before)
      throws JsonException {
    byte @Nullable [] peer = before.peer();
    byte[] payload = before.payload();
    reader.beginObject();
    while (reader.nextMember()) {
      switch (reader.nameIndex(PROVIDER)) {
        case 0 -> peer = key(reader, peer);
        case 1 -> payload = octets(reader, payload);
        default -> reader.skipValue();
      }
    }
    return new OverlayProvider(peer, payload);
  }
}
