// SPDX-License-Identifier: Apache-2.0
/** JMH benchmarks of the gossipsub module; the numbers stand in docs/benchmarks.md. */
@NullMarked
package io.lichen.bench.gossipsub;

import org.jspecify.annotations.NullMarked;
