// SPDX-License-Identifier: Apache-2.0
/** Lichen against the natives, side by side: two processes each, interleaved in one run. */
@NullMarked
package io.lichen.bench.compare;

import org.jspecify.annotations.NullMarked;
