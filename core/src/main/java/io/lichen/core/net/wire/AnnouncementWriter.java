// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.wire;

import static io.lichen.core.net.wire.AnnouncementField.ALLOWED_GROUPS;
import static io.lichen.core.net.wire.AnnouncementField.ALLOWED_NODES;
import static io.lichen.core.net.wire.AnnouncementField.ALLOWED_SUBNETS;
import static io.lichen.core.net.wire.AnnouncementField.CAPABILITIES;
import static io.lichen.core.net.wire.AnnouncementField.ENTITY_ID;
import static io.lichen.core.net.wire.AnnouncementField.HOP_COUNT;
import static io.lichen.core.net.wire.AnnouncementField.NODE_ID;
import static io.lichen.core.net.wire.AnnouncementField.OWNER_CERT;
import static io.lichen.core.net.wire.AnnouncementField.REFLEX_ADDR;
import static io.lichen.core.net.wire.AnnouncementField.SIGNATURE;
import static io.lichen.core.net.wire.AnnouncementField.TIMESTAMP_NS;
import static io.lichen.core.net.wire.AnnouncementField.TTL_SECS;
import static io.lichen.core.net.wire.AnnouncementField.VERSION;

import io.lichen.core.json.JsonWriter;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes announcements byte for byte as the natives do, since signatures are over the text
 * (docs/wire/net-capabilities.md, "The text").
 */
final class AnnouncementWriter {
  private static final int USUAL_BYTES = 1024;

  private final JsonWriter json = new JsonWriter(USUAL_BYTES);
  private boolean first = true;

  private AnnouncementWriter() {}

  /** The text, with or without what is not signed: the signature itself and the hop count. */
  static byte[] write(CapabilityAnnouncement said, boolean whole) {
    AnnouncementWriter out = new AnnouncementWriter();
    out.number(NODE_ID, said.nodeId());
    out.text(ENTITY_ID, said.entity().hex());
    out.number(VERSION, said.version());
    out.number(TIMESTAMP_NS, said.timestampNs());
    out.number(TTL_SECS, said.ttlSecs());
    out.name(CAPABILITIES);
    out.capabilities(said.capabilities());
    if (whole) {
      out.text(SIGNATURE, said.signature());
      if (said.hopCount() > 0) {
        out.number(HOP_COUNT, said.hopCount());
      }
    }
    out.text(REFLEX_ADDR, said.reflex() == null ? null : said.reflex().text());
    out.allowed(ALLOWED_NODES, said.allowed().nodes(), out.json::unsignedNumber);
    out.allowed(ALLOWED_SUBNETS, said.allowed().subnets(), out::octets);
    out.allowed(ALLOWED_GROUPS, said.allowed().groups(), out::octets);
    out.text(OWNER_CERT, said.ownerCertificate());
    return out.json.raw('}').toByteArray();
  }

  private void name(AnnouncementField field) {
    json.raw(first ? '{' : ',').minimalString(field.wireName).raw(':');
    first = false;
  }

  private void number(AnnouncementField field, long value) {
    name(field);
    json.unsignedNumber(value);
  }

  private void text(AnnouncementField field, @Nullable String value) {
    if (value != null) {
      name(field);
      json.minimalString(value);
    }
  }

  private void capabilities(CapabilityTags said) {
    json.ascii("{\"tags\":");
    array(said.tags(), json::minimalString);
    json.ascii(",\"metadata\":{");
    boolean more = false;
    for (Map.Entry<String, String> entry : said.metadata().entrySet()) {
      if (more) {
        json.raw(',');
      }
      more = true;
      json.minimalString(entry.getKey()).raw(':').minimalString(entry.getValue());
    }
    json.ascii("}}");
  }

  private <T> void allowed(AnnouncementField field, Collection<T> values, Consumer<T> one) {
    if (!values.isEmpty()) {
      name(field);
      array(values, one);
    }
  }

  private <T> void array(Collection<T> values, Consumer<T> one) {
    json.raw('[');
    boolean more = false;
    for (T value : values) {
      if (more) {
        json.raw(',');
      }
      more = true;
      one.accept(value);
    }
    json.raw(']');
  }

  /** Octets in hex, as an array of numbers. */
  private void octets(String hex) {
    json.raw('[');
    byte[] octets = HexFormat.of().parseHex(hex);
    for (int i = 0; i < octets.length; i++) {
      if (i > 0) {
        json.raw(',');
      }
      json.number(octets[i] & 0xFF);
    }
    json.raw(']');
  }
}
