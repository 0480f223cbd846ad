// SPDX-License-Identifier: Apache-2.0
/**
 * Hole punching at one end: where the other may be, when both fire, and the race of all that is
 * tried (docs/wire/moss-nat.md, "Hole punching"; docs/wire/net-nat.md). Knows no wire, sockets or
 * clock; what is fired, a handshake or a keep-alive, is its user's matter.
 */
@NullMarked
package io.lichen.nat.punch;

import org.jspecify.annotations.NullMarked;
