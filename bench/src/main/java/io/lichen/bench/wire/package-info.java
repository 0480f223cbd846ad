// SPDX-License-Identifier: Apache-2.0
/** What envelopes and rooms cost. */
@NullMarked
package io.lichen.bench.wire;

import org.jspecify.annotations.NullMarked;
