// SPDX-License-Identifier: Apache-2.0
/**
 * Sessions through relays, and relaying for others: between the engine of {@code
 * io.lichen.nat.relay} and the sessions of a node (docs/wire/moss-nat.md, "Relays").
 */
@NullMarked
package io.lichen.core.moss.runtime.nat.relay;

import org.jspecify.annotations.NullMarked;
