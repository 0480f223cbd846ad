// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel.proof;

import org.jspecify.annotations.Nullable;

/** Why a verifier answers as it does. */
public enum ProofReason {
  /** Accepted. */
  NONE(0),
  /** The verifier has no room. */
  BUSY(1),
  /** No such challenge, or one that was used or is over. */
  NO_CHALLENGE(2),
  /** The challenge was made for another session. */
  WRONG_SESSION(3),
  /** The entity's node id is not the peer's. */
  SUBJECT_MISMATCH(4),
  /** The signature is not the entity's over this exchange. */
  BAD_SIGNATURE(5),
  /** The peer is known as another entity. */
  PIN_CONFLICT(6);

  private final int code;

  ProofReason(int code) {
    this.code = code;
  }

  /** The octet. */
  public int code() {
    return code;
  }

  /** Whether the peer tried to be somebody it is not; the others can happen to honest peers. */
  public boolean isForgery() {
    return this == SUBJECT_MISMATCH || this == BAD_SIGNATURE;
  }

  /** The reason of an octet, or null. */
  static @Nullable ProofReason ofCode(int code) {
    for (ProofReason reason : values()) {
      if (reason.code == code) {
        return reason;
      }
    }
    return null;
  }
}
