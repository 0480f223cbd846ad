// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.wire;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of an announcement, in the order in which they are written. */
enum AnnouncementField {
  NODE_ID("node_id"),
  ENTITY_ID("entity_id"),
  VERSION("version"),
  TIMESTAMP_NS("timestamp_ns"),
  TTL_SECS("ttl_secs"),
  CAPABILITIES("capabilities"),
  SIGNATURE("signature"),
  HOP_COUNT("hop_count"),
  REFLEX_ADDR("reflex_addr"),
  ALLOWED_NODES("allowed_nodes"),
  ALLOWED_SUBNETS("allowed_subnets"),
  ALLOWED_GROUPS("allowed_groups"),
  OWNER_CERT("owner_cert");

  /** What no announcement goes without. */
  static final Set<AnnouncementField> REQUIRED = EnumSet.range(NODE_ID, CAPABILITIES);

  private static final Map<String, AnnouncementField> BY_NAME = new HashMap<>();

  static {
    for (AnnouncementField field : values()) {
      BY_NAME.put(field.wireName, field);
    }
  }

  final String wireName;

  AnnouncementField(String wireName) {
    this.wireName = wireName;
  }

  /** The member with exactly this name; {@code null} if it is none. */
  static @Nullable AnnouncementField named(String name) {
    return BY_NAME.get(name);
  }
}
