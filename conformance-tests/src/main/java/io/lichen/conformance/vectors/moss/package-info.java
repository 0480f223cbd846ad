// SPDX-License-Identifier: Apache-2.0
/** What Lichen answers to the vectors of the Moss wire. */
@NullMarked
package io.lichen.conformance.vectors.moss;

import org.jspecify.annotations.NullMarked;
