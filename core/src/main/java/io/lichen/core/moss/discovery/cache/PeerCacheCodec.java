// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.cache;

import io.lichen.core.json.JsonException;
import io.lichen.core.json.JsonReader;
import io.lichen.core.json.JsonWriter;
import io.lichen.core.json.NameTable;
import io.lichen.core.moss.discovery.Endpoint;
import java.util.ArrayList;
import java.util.List;

/**
 * The file's text, which natives read and write too (docs/wire/moss-discovery.md, "Peer cache").
 */
public final class PeerCacheCodec {
  private static final NameTable NAMES = new NameTable(List.of("addr", "last_seen_unix"));
  private static final int ADDRESS = 0;
  private static final int LAST_SEEN = 1;

  private PeerCacheCodec() {}

  /** The text of these entries, in their order. */
  public static byte[] encode(List<PeerCache.Entry> entries) {
    JsonWriter json = new JsonWriter(64 * entries.size() + 2).raw('[');
    for (int i = 0; i < entries.size(); i++) {
      json.ascii(i == 0 ? "{\"addr\":" : ",{\"addr\":")
          .string(entries.get(i).address().toString())
          .ascii(",\"last_seen_unix\":")
          .number(entries.get(i).lastSeenUnix())
          .raw('}');
    }
    return json.raw(']').toByteArray();
  }

  /**
   * The entries of a text, but for those whose address is none: natives write names of relays and
   * source ports of strangers too.
   *
   * @throws JsonException if it is no such text
   */
  public static List<PeerCache.Entry> decode(byte[] text) throws JsonException {
    JsonReader json = new JsonReader(text, 0, text.length);
    List<PeerCache.Entry> entries = new ArrayList<>();
    if (!json.tryNull()) {
      json.beginArray();
      while (json.nextElement()) {
        entry(json, entries);
      }
    }
    json.end();
    return entries;
  }

  private static void entry(JsonReader json, List<PeerCache.Entry> entries) throws JsonException {
    String address = "";
    long lastSeen = 0;
    json.beginObject();
    while (json.nextMember()) {
      switch (json.nameIndex(NAMES)) {
        case ADDRESS -> address = json.readString();
        case LAST_SEEN -> lastSeen = json.readLong();
        default -> json.skipValue();
      }
    }
    long seen = lastSeen;
    Endpoint.parse(address).ifPresent(e -> entries.add(new PeerCache.Entry(e, seen)));
  }
}
