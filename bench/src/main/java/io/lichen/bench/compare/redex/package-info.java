// SPDX-License-Identifier: Apache-2.0
/** Lichen's logs beside the native's and others: {@code ./bench/compare redex}. */
@NullMarked
package io.lichen.bench.compare.redex;

import org.jspecify.annotations.NullMarked;
