// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors;

/** What becomes of the vectors of one kind. */
public sealed interface KindState {
  /** They are answered, and the answers compared. */
  record Run(VectorCheck check) implements KindState {}

  /** They are counted: what answers them is the work of a later step. */
  record Later(String step) implements KindState {}

  /** They are counted: Lichen does not do this, for a reason. */
  record Never(String reason) implements KindState {}
}
