// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.tail;

import io.lichen.redex.RedexProgress;
import io.lichen.redex.RedexTail;

/** What all forms of a tail say of themselves: how far their items are. */
abstract class TailProgress implements RedexProgress {
  final TailItems items;

  /** Takes a tail over. */
  TailProgress(RedexTail tail) {
    this.items = new TailItems(tail);
  }

  @Override
  public final long position() {
    return items.position();
  }

  @Override
  public final long lag() {
    return items.lag();
  }

  @Override
  public final long missed() {
    return items.missed();
  }

  @Override
  public final boolean isDurable(long seq) {
    return items.isDurable(seq);
  }
}
