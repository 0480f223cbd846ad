// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica;

/** How urgently a replica asks. */
public enum BandwidthClass {
  /** As long as the budget lasts. */
  FOREGROUND(0),
  /** From what the budget has to spare. */
  BACKGROUND(1),
  /** Before the budget is asked. */
  REALTIME(2);

  private final int code;

  BandwidthClass(int code) {
    this.code = code;
  }

  /** Its number on the wire, from 0. */
  public int code() {
    return code;
  }
}
