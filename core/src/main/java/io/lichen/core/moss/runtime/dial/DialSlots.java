// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.dial;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Who of those that could be dialled is: as long as too few connected peers relay, some places are
 * kept for peers that do, wherever they stand; the rest goes by rank, with further relays last, as
 * they are worth keeping free (docs/wire/moss-mesh.md, "Dialling known peers").
 */
public final class DialSlots {
  /** Connected peers that relay, with which a node has enough. */
  static final int ENOUGH_RELAYS = 2;

  private DialSlots() {}

  /**
   * Chooses.
   *
   * @param ranked the best first
   * @param relays whether one relays
   * @param inTurn whether one that relays is taken by its rank all the same
   * @param places how many are chosen at most
   * @param lacking how many that relay are missed
   */
  public static <T> List<T> choose(
      List<T> ranked,
      Predicate<? super T> relays,
      Predicate<? super T> inTurn,
      int places,
      int lacking) {
    List<T> order = new ArrayList<>(ranked.stream().filter(relays).limit(lacking).toList());
    List<T> last = new ArrayList<>();
    for (T one : ranked) {
      if (!order.contains(one)) {
        (relays.test(one) && !inTurn.test(one) ? last : order).add(one);
      }
    }
    order.addAll(last);
    return order.subList(0, Math.clamp(places, 0, order.size()));
  }
}
