// SPDX-License-Identifier: Apache-2.0
/** Handshakes on both carriers as plain state machines: no socket, no thread, no clock. */
@NullMarked
package io.lichen.transport.moss.handshake;

import org.jspecify.annotations.NullMarked;
