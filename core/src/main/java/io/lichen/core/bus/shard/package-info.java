// SPDX-License-Identifier: Apache-2.0
/** From the producers to the adapter: rings, their accounting, batches, retries. */
@NullMarked
package io.lichen.core.bus.shard;

import org.jspecify.annotations.NullMarked;
