// SPDX-License-Identifier: Apache-2.0
/**
 * Through NATs: how this node is seen from outside, introductions by a third node, and sessions
 * without a relay (docs/wire/net-nat.md). Engines without sockets and clocks, which belong to the
 * node's loop; what they decide by is {@code io.lichen.nat}'s.
 */
@NullMarked
package io.lichen.core.net.nat;

import org.jspecify.annotations.NullMarked;
