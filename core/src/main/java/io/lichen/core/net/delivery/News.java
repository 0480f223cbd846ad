// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.delivery;

/**
 * A single piece of news.
 *
 * @param content the news
 * @param <E> its type
 */
record News<E>(E content) implements Parcel<E> {
  @Override
  public int count() {
    return 1;
  }

  @Override
  public E get(int index) {
    return content;
  }

  /** Queues of news are bounded by count. */
  @Override
  public long sizeBytes() {
    return 1;
  }

  @Override
  public void offered() {}

  @Override
  public void done() {}
}
