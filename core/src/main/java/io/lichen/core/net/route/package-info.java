// SPDX-License-Identifier: Apache-2.0
/**
 * Over whom a node is reached: pingwaves, the routes learnt from them, and what happens when one
 * breaks. Engines without sockets and clocks (docs/wire/net-routing.md).
 */
@NullMarked
package io.lichen.core.net.route;

import org.jspecify.annotations.NullMarked;
