// SPDX-License-Identifier: Apache-2.0
/** What the benchmarks have in common. */
@NullMarked
package io.lichen.bench;

import org.jspecify.annotations.NullMarked;
