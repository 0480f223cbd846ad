// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.punch;

import java.util.List;

/**
 * When something is sent to a candidate, counted from the moment of firing.
 *
 * @param offsetsNs the first ones, ascending, 0 or later
 * @param everyNs then again and again at this distance; 0: no more
 */
public record Shots(List<Long> offsetsNs, long everyNs) {
  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException if there is none, or they do not ascend from 0 on
   */
  public Shots {
    offsetsNs = List.copyOf(offsetsNs);
    long before = -1;
    for (long offset : offsetsNs) {
      if (offset <= before) {
        throw new IllegalArgumentException("shots do not ascend from 0 on: " + offsetsNs);
      }
      before = offset;
    }
    if (offsetsNs.isEmpty() || everyNs < 0) {
      throw new IllegalArgumentException(offsetsNs.size() + " shots, then each " + everyNs + " ns");
    }
  }

  /**
   * Those at connections: after datagrams have had their time, since two sessions of both kinds at
   * once are one too many; and twice more, where a NAT has refused the one before.
   */
  static Shots ofStreams() {
    return new Shots(List.of(500_000_000L, 750_000_000L, 1_100_000_000L), 0);
  }

  /** One, for what repeats itself. */
  public static Shots once() {
    return new Shots(List.of(0L), 0);
  }

  /** After which time the shot of this number comes; {@link Long#MAX_VALUE} if none does. */
  long offsetNs(int shot) {
    int last = offsetsNs.size() - 1;
    if (shot <= last) {
      return offsetsNs.get(shot);
    }
    return everyNs == 0 ? Long.MAX_VALUE : offsetsNs.get(last) + (shot - last) * everyNs;
  }
}
