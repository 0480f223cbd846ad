// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss;

import io.lichen.crypto.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * A message as the application gets it.
 *
 * @param room the room in which it was published: the node's mesh id, or a joined room's name
 * @param channel the channel that was subscribed
 * @param sender who claims to have published it, not proven by the wire; {@code null} if it named
 *     no valid key
 * @param data the payload, the receiver's to keep
 */
public record MossMessage(String room, String channel, @Nullable PeerId sender, byte[] data) {}
