// SPDX-License-Identifier: Apache-2.0
/** Envelopes and signed announcements: what the payload of a Moss packet means. */
@NullMarked
package io.lichen.core.moss.wire;

import org.jspecify.annotations.NullMarked;
