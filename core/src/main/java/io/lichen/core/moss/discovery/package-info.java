// SPDX-License-Identifier: Apache-2.0
/**
 * How a node finds peers that nobody told it of: trackers, the cache, the local network, the DHT.
 */
@NullMarked
package io.lichen.core.moss.discovery;

import org.jspecify.annotations.NullMarked;
