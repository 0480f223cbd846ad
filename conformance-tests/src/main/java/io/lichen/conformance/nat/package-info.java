// SPDX-License-Identifier: Apache-2.0
/**
 * A small internet of network namespaces: one public segment on documentation addresses, routers
 * with a chosen NAT, hosts behind them, a STUN server. Nothing of it touches a real network; the
 * test that makes it removes it. Needs Linux, root, {@code ip}, {@code nft} and {@code sysctl}.
 */
@NullMarked
package io.lichen.conformance.nat;

import org.jspecify.annotations.NullMarked;
