// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.overlay;

import io.lichen.core.json.JsonException;
import io.lichen.core.json.JsonReader;
import io.lichen.core.json.JsonWriter;
import io.lichen.core.json.NameTable;
import java.util.List;

/**
 * What a provider wants to be known: through which addresses it can be reached
 * (docs/wire/moss-overlay.md, "Record"). Immutable.
 *
 * @param attachments {@code host:port}: its own, or of nodes that it is connected to
 * @param natType the name of its NAT type, may be empty
 */
public record ReachabilityHint(List<String> attachments, String natType) {
  /** Attachments that are published, and that are looked at. */
  public static final int MAX_ATTACHMENTS = 4;

  private static final NameTable NAMES = new NameTable(List.of("att", "nat"));
  private static final int TYPICAL_BYTES = 128;

  /** Copies the list. */
  public ReachabilityHint {
    attachments = List.copyOf(attachments);
  }

  /** The JSON text of the natives: null for no attachments, no member for no NAT type. */
  public byte[] encode() {
    JsonWriter json = new JsonWriter(TYPICAL_BYTES).ascii("{\"att\":");
    char separator = '[';
    for (String attachment : attachments) {
      json.raw(separator).string(attachment);
      separator = ',';
    }
    json.ascii(attachments.isEmpty() ? "null" : "]");
    if (!natType.isEmpty()) {
      json.ascii(",\"nat\":").string(natType);
    }
    return json.raw('}').toByteArray();
  }

  /** What a record says; nothing at all if it cannot be read, as with the natives. */
  static ReachabilityHint of(byte[] payload) {
    try {
      return decode(payload);
    } catch (JsonException e) {
      return new ReachabilityHint(List.of(), "");
    }
  }

  /**
   * Reads what {@link #encode} wrote, and all else that the natives accept.
   *
   * @throws JsonException if it is something else
   */
  public static ReachabilityHint decode(byte[] payload) throws JsonException {
    JsonReader reader = new JsonReader(payload, 0, payload.length);
    List<String> attachments = List.of();
    String natType = "";
    if (!reader.tryNull()) {
      reader.beginObject();
      while (reader.nextMember()) {
        switch (reader.nameIndex(NAMES)) {
          case 0 -> attachments = reader.tryNull() ? List.of() : reader.readStrings(attachments);
          case 1 -> natType = reader.tryNull() ? natType : reader.readString();
          default -> reader.skipValue();
        }
      }
    }
    reader.end();
    return new ReachabilityHint(attachments, natType);
  }
}
