// SPDX-License-Identifier: Apache-2.0
/**
 * What makes a node live: threads, queues, the peer table, publishing and delivery
 * (docs/architecture.md says which runs where).
 */
@NullMarked
package io.lichen.core.moss.runtime;

import org.jspecify.annotations.NullMarked;
