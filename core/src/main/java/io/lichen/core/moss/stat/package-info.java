// SPDX-License-Identifier: Apache-2.0
/**
 * Network statistics that nobody has to be trusted for: what each node contributes under a name
 * that changes with every epoch, and a state that is the same wherever the same contributions
 * arrived, in whatever order. Plain objects without sockets, clocks and randomness of their own
 * (docs/wire/moss-stats.md).
 */
@NullMarked
package io.lichen.core.moss.stat;

import org.jspecify.annotations.NullMarked;
