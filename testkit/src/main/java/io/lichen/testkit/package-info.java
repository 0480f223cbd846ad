// SPDX-License-Identifier: Apache-2.0
/**
 * Simulated networks: {@link io.lichen.testkit.VirtualTime} is the clock, {@link
 * io.lichen.testkit.SimNetwork} carries payloads of any type between {@link
 * io.lichen.testkit.SimNode}s over links that delay, lose, duplicate and reorder by {@link
 * io.lichen.testkit.LinkProfile}; it parts, heals, crashes, restarts and slows them down, and
 * {@link io.lichen.testkit.Churn} does so at a steady rate. All of it on one thread and from one
 * seed, so that what a test finds can be run again.
 */
@NullMarked
package io.lichen.testkit;

import org.jspecify.annotations.NullMarked;
