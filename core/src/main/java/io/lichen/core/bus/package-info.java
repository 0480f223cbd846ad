// SPDX-License-Identifier: Apache-2.0
/**
 * The event bus: the front door of a node. Events are ingested into shards, handed in batches to an
 * adapter that keeps them, and polled with cursors (docs/event-bus.md).
 */
@NullMarked
package io.lichen.core.bus;

import org.jspecify.annotations.NullMarked;
