// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica;

/** What a node is for a log. */
public enum ReplicaRole {
  /** Takes appends and passes them on. */
  LEADER(0),
  /** Follows a leader. */
  REPLICA(1),
  /** Wants to lead. */
  CANDIDATE(2),
  /** Takes no part. */
  IDLE(3);

  private final int code;

  ReplicaRole(int code) {
    this.code = code;
  }

  /** Its number on the wire, from 0. */
  public int code() {
    return code;
  }
}
