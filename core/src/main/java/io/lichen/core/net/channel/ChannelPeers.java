// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel;

import io.lichen.crypto.entity.EntityId;
import org.jspecify.annotations.Nullable;

/** What is known about peers where they ask for channels. Called on the node's loop. */
public interface ChannelPeers {
  /**
   * The entity behind a peer, or null as long as nothing it signed came in this session: an
   * announcement of its own, or an identity proof.
   */
  @Nullable EntityId identity(long nodeId);

  /** The subnet that the peer says it is in, or null if it says none. */
  @Nullable SubnetId subnet(long nodeId);

  /** Whether the peer asked to prove its identity at some time: it understands why it is asked. */
  boolean knowsProofs(long nodeId);
}
