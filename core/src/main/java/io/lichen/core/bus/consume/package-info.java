// SPDX-License-Identifier: Apache-2.0
/** Polling: cursors, positions, filters, and how the pages of the shards become one. */
@NullMarked
package io.lichen.core.bus.consume;

import org.jspecify.annotations.NullMarked;
