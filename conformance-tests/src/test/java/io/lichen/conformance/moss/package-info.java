// SPDX-License-Identifier: Apache-2.0
/** The scenarios that every ordered pair of runtimes goes through, and the matrix they fill. */
@NullMarked
package io.lichen.conformance.moss;

import org.jspecify.annotations.NullMarked;
