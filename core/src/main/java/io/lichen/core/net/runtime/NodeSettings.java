// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.core.net.NetConfig;
import io.lichen.crypto.entity.EntityKeyPair;
import io.lichen.redex.replica.ReplicaPlacement;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * All that a node is made from.
 *
 * @param config its configuration, the pre-shared key included
 * @param identity who it is
 * @param logs the directory of its logs; {@code null}: they are in memory
 * @param placement who chooses the members of replicated logs that are not pinned
 */
public record NodeSettings(
    NetConfig config,
    EntityKeyPair identity,
    @Nullable Path logs,
    @Nullable ReplicaPlacement placement) {}
