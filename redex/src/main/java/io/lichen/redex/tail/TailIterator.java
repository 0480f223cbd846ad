// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.tail;

import io.lichen.redex.RedexItem;
import io.lichen.redex.RedexIterator;
import io.lichen.redex.RedexTail;
import java.util.NoSuchElementException;

/** A tail as an iterator. */
public final class TailIterator extends TailProgress implements RedexIterator {
  /** Takes a tail over. */
  public TailIterator(RedexTail tail) {
    super(tail);
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
  public void close() {
    items.close();
  }
}
