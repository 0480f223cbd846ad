// SPDX-License-Identifier: Apache-2.0
/**
 * What a node is behind: a name for it, its address outside, whether it can be reached
 * (docs/wire/moss-nat.md, "Profile"). Knows no sockets and no clock.
 */
@NullMarked
package io.lichen.nat.profile;

import org.jspecify.annotations.NullMarked;
