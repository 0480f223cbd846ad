// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica;

/** By which rules a set of replicas lives. */
public enum ReplicaRules {
  /** Not decided: no native is known, but of some member it is not known what it speaks. */
  UNDECIDED,
  /** Upstream's, because a member speaks no other: no terms, no acknowledgement by a majority. */
  NATIVE,
  /** Lichen's terms (docs/wire/lichen-extensions.md, "Replicated logs"). */
  TERMS
}
