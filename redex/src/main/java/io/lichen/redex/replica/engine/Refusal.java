// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.engine;

import io.lichen.redex.replica.wire.SyncNack;
import java.io.Serial;

/** A leader does not give what was asked for. */
public final class Refusal extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final SyncNack.Code code;
  private final long leaderFirstSeq;

  Refusal(SyncNack.Code code, long leaderFirstSeq, String message) {
    super(message, null, false, false);
    this.code = code;
    this.leaderFirstSeq = leaderFirstSeq;
  }

  /** Why. */
  public SyncNack.Code code() {
    return code;
  }

  /** Where the replica may go on, if it asked for what there is no more. */
  public long leaderFirstSeq() {
    return leaderFirstSeq;
  }
}
