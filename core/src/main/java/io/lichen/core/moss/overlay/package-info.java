// SPDX-License-Identifier: Apache-2.0
/**
 * Rendezvous: who is on a topic, when nobody nearby is. Nodes keep records for others under keys,
 * and ask those they are connected to; nobody is ever dialled for a question. Plain objects without
 * sockets, clocks and randomness of their own (docs/wire/moss-overlay.md).
 */
@NullMarked
package io.lichen.core.moss.overlay;

import org.jspecify.annotations.NullMarked;
