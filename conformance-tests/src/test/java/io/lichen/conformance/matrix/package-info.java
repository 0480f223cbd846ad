// SPDX-License-Identifier: Apache-2.0
/** A table of what was shown between whom, filled by the tests of a wire and printed at the end. */
@NullMarked
package io.lichen.conformance.matrix;

import org.jspecify.annotations.NullMarked;
