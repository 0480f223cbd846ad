// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica;

/**
 * When an append to a replicated log counts as done; docs/wire/lichen-extensions.md, "What is
 * acknowledged", says what each promises. All members of a set are configured alike.
 */
public enum AckPolicy {
  /** The leader has it: upstream's only one. */
  LEADER,
  /** A majority of the set has it. */
  MAJORITY,
  /** A majority of the set has forced it to the disk. */
  MAJORITY_DURABLE
}
