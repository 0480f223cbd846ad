// SPDX-License-Identifier: Apache-2.0
/**
 * Lichen against the real libmoss: peers as child processes that all speak the JSON lines of {@code
 * lichen node --json}, whichever runtime is inside.
 */
@NullMarked
package io.lichen.conformance.moss;

import org.jspecify.annotations.NullMarked;
