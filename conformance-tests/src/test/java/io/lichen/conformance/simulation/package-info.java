// SPDX-License-Identifier: Apache-2.0
/** Simulations that need more than the testkit sees. */
@NullMarked
package io.lichen.conformance.simulation;

import org.jspecify.annotations.NullMarked;
