// SPDX-License-Identifier: Apache-2.0
/** Replicas of logs: what embedders configure and see, and what carries them between nodes. */
@NullMarked
package io.lichen.redex.replica;

import org.jspecify.annotations.NullMarked;
