// SPDX-License-Identifier: Apache-2.0
/**
 * What nodes of both wires need to hand work from thread to thread: bounded queues, workers,
 * guards. Knows neither wire.
 */
@NullMarked
package io.lichen.core.work;

import org.jspecify.annotations.NullMarked;
