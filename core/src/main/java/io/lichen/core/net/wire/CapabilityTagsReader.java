// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.wire;

import io.lichen.core.json.JsonException;
import io.lichen.core.json.JsonReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads tags and metadata: an object with both or either, or, as the natives take it, an array with
 * the first or both (docs/wire/net-capabilities.md, "What a receiver takes").
 */
final class CapabilityTagsReader {
  private CapabilityTagsReader() {}

  static CapabilityTags read(JsonReader json) throws JsonException, NetWireException {
    return json.beginsArray() ? readArray(json) : readObject(json);
  }

  private static CapabilityTags readObject(JsonReader json) throws JsonException, NetWireException {
    List<String> tags = null;
    Map<String, String> metadata = null;
    json.beginObject();
    while (json.nextMember()) {
      switch (json.nameText()) {
        case "tags" -> tags = once(tags, tags(json));
        case "metadata" -> metadata = once(metadata, metadata(json));
        default -> json.skipValue();
      }
    }
    return CapabilityTags.of(
        tags == null ? List.of() : tags, metadata == null ? Map.of() : metadata);
  }

  private static CapabilityTags readArray(JsonReader json) throws JsonException, NetWireException {
    List<String> tags = List.of();
    Map<String, String> metadata = Map.of();
    json.beginArray();
    if (json.nextElement()) {
      tags = tags(json);
      if (json.nextElement()) {
        metadata = metadata(json);
        if (json.nextElement()) {
          throw new NetWireException("expected tags and metadata, found more");
        }
      }
    }
    return CapabilityTags.of(tags, metadata);
  }

  private static <T> T once(@Nullable T earlier, T now) throws NetWireException {
    if (earlier != null) {
      throw new NetWireException("capabilities say tags or metadata twice");
    }
    return now;
  }

  private static List<String> tags(JsonReader json) throws JsonException, NetWireException {
    List<String> tags = new ArrayList<>();
    json.beginArray();
    while (json.nextElement()) {
      String tag = json.readUnicode();
      if (tag.isEmpty()) {
        throw new NetWireException("a capability tag must not be empty");
      }
      tags.add(tag);
    }
    return tags;
  }

  private static Map<String, String> metadata(JsonReader json) throws JsonException {
    Map<String, String> metadata = new HashMap<>();
    json.beginObject();
    while (json.nextMember()) {
      String key = json.nameUnicode();
      metadata.put(key, json.readUnicode());
    }
    return metadata;
  }
}
