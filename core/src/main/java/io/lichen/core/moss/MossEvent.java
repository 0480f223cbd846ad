// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss;

import java.util.Map;

/**
 * Something that happened to the node.
 *
 * @param type what happened
 * @param detail members of the native event's JSON detail, in order
 */
public record MossEvent(Type type, Map<String, String> detail) {
  /** The event numbers of the native API (docs/wire/moss-mesh.md, "Events"). */
  public enum Type {
    /** A session was registered; detail: {@code addr}, {@code peer}. */
    PEER_JOINED(1),
    /** A registered session ended; detail: {@code addr}, {@code peer}. */
    PEER_LEFT(2),
    /** The node became a supernode. */
    SUPERNODE_PROMOTED(3),
    /** The node is no longer a supernode. */
    SUPERNODE_REVOKED(4),
    /** An announce round found peers. */
    TRACKER_ANNOUNCE(5),
    /** An announce round failed. */
    TRACKER_FAILURE(6),
    /** A relayed session was replaced by a direct one. */
    RELAY_MIGRATED(7);

    private final int id;

    Type(int id) {
      this.id = id;
    }

    /** The number of the native API. */
    public int id() {
      return id;
    }
  }
}
