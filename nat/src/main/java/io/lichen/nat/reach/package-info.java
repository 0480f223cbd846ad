// SPDX-License-Identifier: Apache-2.0
/**
 * Whether others can connect to a node, and what it may offer them then (docs/wire/moss-nat.md,
 * "Reachability"). Knows no sockets and no clock.
 */
@NullMarked
package io.lichen.nat.reach;

import org.jspecify.annotations.NullMarked;
