// SPDX-License-Identifier: Apache-2.0
/** Whole nodes on loopback: propagation, latency, and what many peers cost. */
@NullMarked
package io.lichen.bench.mesh;

import org.jspecify.annotations.NullMarked;
