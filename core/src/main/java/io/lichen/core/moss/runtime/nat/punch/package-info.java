// SPDX-License-Identifier: Apache-2.0
/**
 * Direct paths of a Moss node: the three parts that it may have in a hole punch, and the attempt
 * that dials and punches (docs/wire/moss-nat.md, "Hole punching", "Direct path"). The node's loop
 * only, unless said otherwise.
 */
@NullMarked
package io.lichen.core.moss.runtime.nat.punch;

import org.jspecify.annotations.NullMarked;
