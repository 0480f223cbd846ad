// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.delivery;

/**
 * What waits in a queue as one: the events of a packet, or a single piece of news.
 *
 * @param <E> what receivers get
 */
interface Parcel<E> {
  /** How many there are, 1 or more. */
  int count();

  /** One of them, from 0 on; a new object for each receiver. */
  E get(int index);

  /** What they hold in memory, roughly. */
  long sizeBytes();

  /** One more receiver is offered this. */
  void offered();

  /** A receiver that was offered this is done with it, for whatever reason. */
  void done();
}
