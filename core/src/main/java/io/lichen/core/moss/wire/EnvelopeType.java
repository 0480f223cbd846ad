// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.wire;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an envelope can be; its constants are named as on the wire, in upper case
 * (docs/wire/moss-envelope.md, "Message types").
 */
public enum EnvelopeType {
  GRAFT,
  PRUNE,
  IHAVE,
  IWANT,
  IDONTWANT,
  PUBLISH,
  PEER_ANNOUNCE,
  SUPERNODE_ANNOUNCE,
  SUPERNODE_REVOKE,
  BINDING_REQUEST,
  BINDING_RESPONSE,
  REACHABILITY_REQUEST,
  REACHABILITY_RESPONSE,
  HOLE_PUNCH_COORD,
  RELAY_REQUEST,
  RELAY_ACCEPT,
  RELAY_DATA,
  RELAY_CLOSE,
  PING,
  PONG,
  STAT_DELTA,
  OV_FIND_NODE,
  OV_FIND_VALUE,
  OV_NODES,
  OV_VALUES,
  OV_STORE,
  /** Of Lichen nodes among themselves (docs/wire/lichen-extensions.md, "Durable topics"). */
  LICHEN_TOPIC,
  /**
   * Of Lichen nodes among themselves, only sealed in a session through a relay
   * (docs/wire/lichen-extensions.md, "Marks in relayed sessions").
   */
  LICHEN_RELAY;

  private static final Map<String, EnvelopeType> BY_NAME = byName();

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The value of the {@code type} member. */
  public String wireName() {
    return wireName;
  }

  /** The type of this name, exactly as written; null for one that we do not know. */
  public static @Nullable EnvelopeType of(String wireName) {
    return BY_NAME.get(wireName);
  }

  private static Map<String, EnvelopeType> byName() {
    Map<String, EnvelopeType> types = new HashMap<>();
    for (EnvelopeType type : values()) {
      types.put(type.wireName, type);
    }
    return types;
  }
}
