// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.core.net.NetConfig;
import io.lichen.crypto.entity.EntityKeyPair;

/**
 * All that a node is made from.
 *
 * @param config its configuration, the pre-shared key included
 * @param identity who it is
 */
public record NodeSettings(NetConfig config, EntityKeyPair identity) {}
