// SPDX-License-Identifier: Apache-2.0
/**
 * Ports at routers, changes of the network, and what a machine is behind: for nodes of both wires.
 */
@NullMarked
package io.lichen.core.nat;

import org.jspecify.annotations.NullMarked;
