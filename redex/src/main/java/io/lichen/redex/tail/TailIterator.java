// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.tail;

import io.lichen.redex.RedexItem;
import io.lichen.redex.RedexIterator;
import io.lichen.redex.RedexTail;
import java.util.NoSuchElementException;

/** A tail as an iterator. */
public final class TailIterator implements RedexIterator {
  private final TailItems items;

  /** Takes a tail over. */
  public TailIterator(RedexTail tail) {
    this.items = new TailItems(tail);
  }

  @Override
  public boolean hasNext() {
    return items.peek() != null;
  }

  @Override
  public RedexItem next() {
    RedexItem item = items.peek();
    if (item == null) {
      throw new NoSuchElementException("the log is closed and everything was read");
    }
    items.taken();
    return item;
  }

  @Override
  public long position() {
    return items.position();
  }

  @Override
  public long lag() {
    return items.lag();
  }

  @Override
  public long missed() {
    return items.missed();
  }

  @Override
  public boolean isDurable(long seq) {
    return items.isDurable(seq);
  }

  @Override
  public void close() {
    items.close();
  }
}
