// SPDX-License-Identifier: Apache-2.0
/** Whom to dial and when: addresses, known peers, redials, dials under way. */
@NullMarked
package io.lichen.core.moss.runtime.dial;

import org.jspecify.annotations.NullMarked;
