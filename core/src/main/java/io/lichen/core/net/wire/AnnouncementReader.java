// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.wire;

import io.lichen.core.json.JsonException;
import io.lichen.core.json.JsonReader;
import io.lichen.core.net.wire.CapabilityAnnouncement.AllowLists;
import io.lichen.crypto.entity.EntityId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one announcement from its JSON text. Stricter than JSON as the natives are: strings are
 * Unicode, a known member stands once, integers have neither sign nor fraction
 * (docs/wire/net-capabilities.md, "What a receiver takes").
 */
final class AnnouncementReader {
  private static final HexFormat HEX = HexFormat.of();
  private static final int ENTITY_BYTES = 32;
  private static final int SIGNATURE_BYTES = 64;
  private static final int SUBNET_BYTES = 16;
  private static final int GROUP_BYTES = 32;
  private static final int CERTIFICATE_BYTES = 156;

  private final JsonReader json;
  private final Set<AnnouncementField> seen = EnumSet.noneOf(AnnouncementField.class);
  private long nodeId;
  private @Nullable EntityId entity;
  private long version;
  private long timestampNs;
  private long ttlSecs;
  private @Nullable CapabilityTags capabilities;
  private @Nullable String signature;
  private int hopCount;
  private @Nullable ReflexAddress reflex;
  private List<Long> nodes = List.of();
  private List<String> subnets = List.of();
  private List<String> groups = List.of();
  private @Nullable String ownerCertificate;

  private AnnouncementReader(byte[] text) {
    this.json = new JsonReader(text, 0, text.length);
  }

  static CapabilityAnnouncement read(byte[] text) throws NetWireException {
    try {
      return new AnnouncementReader(text).read();
    } catch (JsonException e) {
      throw new NetWireException("an announcement's text: " + e.getMessage());
    }
  }

  private CapabilityAnnouncement read() throws JsonException, NetWireException {
    json.beginObject();
    while (json.nextMember()) {
      AnnouncementField field = AnnouncementField.named(json.nameText());
      if (field == null) {
        json.skipValue();
      } else if (seen.add(field)) {
        member(field);
      } else {
        throw new NetWireException("an announcement says " + field.wireName + " twice");
      }
    }
    json.end();
    if (!seen.containsAll(AnnouncementField.REQUIRED) || entity == null || capabilities == null) {
      throw new NetWireException("an announcement lacks what none goes without");
    }
    return new CapabilityAnnouncement(
        nodeId,
        entity,
        version,
        timestampNs,
        ttlSecs,
        capabilities,
        signature,
        hopCount,
        reflex,
        new AllowLists(nodes, subnets, groups),
        ownerCertificate);
  }

  private void member(AnnouncementField field) throws JsonException, NetWireException {
    switch (field) {
      case NODE_ID -> nodeId = json.readUnsignedLong();
      case ENTITY_ID -> entity = EntityId.parse(hex(json.readUnicode(), ENTITY_BYTES));
      case VERSION -> version = json.readUnsignedLong();
      case TIMESTAMP_NS -> timestampNs = json.readUnsignedLong();
      case TTL_SECS -> ttlSecs = number(0xFFFF_FFFFL);
      case CAPABILITIES -> capabilities = CapabilityTagsReader.read(json);
      case SIGNATURE -> signature = optionalHex(SIGNATURE_BYTES);
      case HOP_COUNT -> hopCount = (int) number(0xFF);
      case REFLEX_ADDR -> reflex = json.tryNull() ? null : ReflexAddress.parse(json.readUnicode());
      case ALLOWED_NODES -> nodes = allowed(JsonReader::readUnsignedLong);
      case ALLOWED_SUBNETS -> subnets = allowed(unused -> octets(SUBNET_BYTES));
      case ALLOWED_GROUPS -> groups = allowed(unused -> octets(GROUP_BYTES));
      case OWNER_CERT -> ownerCertificate = optionalHex(CERTIFICATE_BYTES);
    }
  }

  private long number(long most) throws JsonException, NetWireException {
    long value = json.readUnsignedLong();
    if (Long.compareUnsigned(value, most) > 0) {
      throw new NetWireException(
          "expected at most " + most + ", found " + Long.toUnsignedString(value));
    }
    return value;
  }

  private @Nullable String optionalHex(int bytes) throws JsonException, NetWireException {
    return json.tryNull() ? null : hex(json.readUnicode(), bytes);
  }

  private static String hex(String text, int bytes) throws NetWireException {
    if (text.length() != 2 * bytes || !text.chars().allMatch(HexFormat::isHexDigit)) {
      throw new NetWireException("expected " + 2 * bytes + " hex digits");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  /** An array of exactly so many octets as numbers, in hex. */
  private String octets(int bytes) throws JsonException, NetWireException {
    byte[] octets = new byte[bytes];
    int count = 0;
    json.beginArray();
    while (json.nextElement()) {
      if (count == bytes) {
        throw new NetWireException("expected " + bytes + " octets, found more");
      }
      octets[count++] = (byte) number(0xFF);
    }
    if (count < bytes) {
      throw new NetWireException("expected " + bytes + " octets, found " + count);
    }
    return HEX.formatHex(octets);
  }

  private interface Element<T> {
    T read(JsonReader json) throws JsonException, NetWireException;
  }

  private <T> List<T> allowed(Element<T> element) throws JsonException, NetWireException {
    List<T> list = new ArrayList<>();
    json.beginArray();
    while (json.nextElement()) {
      if (list.size() == AllowLists.MAX_ENTRIES) {
        throw new NetWireException(
            "expected at most " + AllowLists.MAX_ENTRIES + " entries of an allow list");
      }
      list.add(element.read(json));
    }
    return list;
  }
}
