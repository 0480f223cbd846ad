// SPDX-License-Identifier: Apache-2.0
/** What one append and one read of a log cost. */
@NullMarked
package io.lichen.bench.redex;

import org.jspecify.annotations.NullMarked;
