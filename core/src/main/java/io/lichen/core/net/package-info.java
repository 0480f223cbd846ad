// SPDX-License-Identifier: Apache-2.0
/**
 * The Net half of the runtime: a {@link io.lichen.core.net.NetNode} and what its methods take and
 * give. Ids of 64 bits (nodes, streams, hashes) are unsigned.
 */
@NullMarked
package io.lichen.core.net;

import org.jspecify.annotations.NullMarked;
