// SPDX-License-Identifier: Apache-2.0
/** Rooms: topic names and payload sealing. */
@NullMarked
package io.lichen.core.moss.room;

import org.jspecify.annotations.NullMarked;
