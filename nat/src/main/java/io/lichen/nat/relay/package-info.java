// SPDX-License-Identifier: Apache-2.0
/**
 * Sessions through a third node, at the relay and at the ends: who may open one, how much may go
 * through, which relay to ask, when it is over. Engines without sockets, clock and signatures;
 * peers are whatever their users name them by. One thread at a time for each object.
 */
@NullMarked
package io.lichen.nat.relay;

import org.jspecify.annotations.NullMarked;
