// SPDX-License-Identifier: Apache-2.0
/**
 * NAT traversal of a Moss node: one class for each matter, between the engines of module {@code
 * nat} and the sessions of the node (docs/wire/moss-nat.md).
 */
@NullMarked
package io.lichen.core.moss.runtime.nat;

import org.jspecify.annotations.NullMarked;
