// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit;

/** A link that is up, or was: its profile and what is on the way in each direction. */
final class SimLink {
  LinkProfile profile;
  boolean up = true;

  private int inFlightUpward;
  private int inFlightDownward;
  private long lastUpwardNs = Long.MIN_VALUE;
  private long lastDownwardNs = Long.MIN_VALUE;

  SimLink(LinkProfile profile) {
    this.profile = profile;
  }

  /** Messages on the way towards the higher or the lower node number. */
  int inFlight(boolean upward) {
    return upward ? inFlightUpward : inFlightDownward;
  }

  void add(boolean upward, int messages) {
    if (upward) {
      inFlightUpward += messages;
    } else {
      inFlightDownward += messages;
    }
  }

  /** An arrival time that is not before that of the message ahead. */
  long afterLast(boolean upward, long atNs) {
    if (upward) {
      lastUpwardNs = Math.max(lastUpwardNs, atNs);
      return lastUpwardNs;
    }
    lastDownwardNs = Math.max(lastDownwardNs, atNs);
    return lastDownwardNs;
  }
}
