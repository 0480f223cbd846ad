// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex;

/**
 * Numbers whose records were evicted before a reader that lagged behind came to them. What is left
 * follows.
 *
 * @param from the first one, unsigned
 * @param to the one after the last, unsigned
 */
public record RedexGap(long from, long to) implements RedexItem {
  /** How many numbers. */
  public long count() {
    return to - from;
  }
}
