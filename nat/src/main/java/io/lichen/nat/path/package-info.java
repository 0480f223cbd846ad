// SPDX-License-Identifier: Apache-2.0
/**
 * The way to one other end: whether a dial, a punch or a relay is tried, in which order and for how
 * long (docs/wire/moss-nat.md, "Direct path"). Knows no wire, sockets or clock.
 */
@NullMarked
package io.lichen.nat.path;

import org.jspecify.annotations.NullMarked;
