// SPDX-License-Identifier: Apache-2.0
/**
 * Queues, workers and the loop: how work gets from thread to thread, and what is counted on the
 * way.
 */
@NullMarked
package io.lichen.core.moss.runtime.work;

import org.jspecify.annotations.NullMarked;
