// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a replica knows, at one moment.
 *
 * @param role its role
 * @param rules by which rules the set lives
 * @param members of the set, itself included
 * @param leader whom it takes for the leader, itself included
 * @param term the term, unsigned; 0 without terms
 * @param isVoter whether it may vote; not while it makes up for what it lost
 * @param committedSeq all records before this number stay; without terms the next number
 * @param nextSeq the number that the next record gets
 */
public record ReplicaStatus(
    ReplicaRole role,
    ReplicaRules rules,
    List<Long> members,
    OptionalLong leader,
    long term,
    boolean isVoter,
    long committedSeq,
    long nextSeq) {
  /** Copies the list. */
  public ReplicaStatus {
    members = List.copyOf(members);
  }
}
