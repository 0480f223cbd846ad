// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net;

import io.lichen.crypto.entity.EntityId;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A peer as it is now. Immutable.
 *
 * @param nodeId its node id: a claim as long as {@code entityId} is null
 * @param address where packets to it are sent: its own, or that of the first relay
 * @param viaRelay whether a relay stands between
 * @param initiator whether this node opened the session
 * @param state what the failure detector thinks of it
 * @param entityId who it is, proven by a signature in this session
 */
public record PeerInfo(
    long nodeId,
    InetSocketAddress address,
    boolean viaRelay,
    boolean initiator,
    PeerState state,
    @Nullable EntityId entityId) {}
