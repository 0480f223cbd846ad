// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel.proof;

import io.lichen.crypto.entity.EntityId;

/** Which entity is behind which peer. Called on the node's loop. */
@FunctionalInterface
public interface IdentityPins {
  /**
   * Notes that the peer proved in this session to be the entity, unless it is known as another one.
   *
   * @return whether it is known as this entity now
   */
  boolean pin(long nodeId, long sessionId, EntityId entity);
}
