// SPDX-License-Identifier: Apache-2.0
/** Handshake engines against recorded transcripts and in simulated networks. */
@NullMarked
package io.lichen.transport.moss.handshake;

import org.jspecify.annotations.NullMarked;
