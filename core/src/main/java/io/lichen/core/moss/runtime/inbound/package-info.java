// SPDX-License-Identifier: Apache-2.0
/** The door of a session: from packets to checked items for the loop. */
@NullMarked
package io.lichen.core.moss.runtime.inbound;

import org.jspecify.annotations.NullMarked;
