// SPDX-License-Identifier: Apache-2.0
/** Sealing, opening, queues. */
@NullMarked
package io.lichen.transport.moss.session;

import org.jspecify.annotations.NullMarked;
