// SPDX-License-Identifier: Apache-2.0
/** One log: its live generation, recovery, appends, reads, tails, retention. */
@NullMarked
package io.lichen.redex.log;

import org.jspecify.annotations.NullMarked;
