// SPDX-License-Identifier: Apache-2.0
/** JMH benchmarks of the crypto module; the numbers stand in docs/benchmarks.md. */
@NullMarked
package io.lichen.bench.crypto;

import org.jspecify.annotations.NullMarked;
