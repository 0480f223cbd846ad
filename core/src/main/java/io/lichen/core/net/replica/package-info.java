// SPDX-License-Identifier: Apache-2.0
/**
 * Drives the replicas of a node's logs: threads, timers, and messages to the log they are about.
 */
@NullMarked
package io.lichen.core.net.replica;

import org.jspecify.annotations.NullMarked;
