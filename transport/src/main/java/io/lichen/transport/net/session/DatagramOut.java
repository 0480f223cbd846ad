// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/** Where datagrams go; implemented by the socket, called on its loop. */
@FunctionalInterface
public interface DatagramOut {
  /**
   * Takes one datagram; it may wait until the end of the loop's turn to go out with others, in the
   * order of the calls.
   *
   * @param datagram taken over; released in any case
   */
  void send(InetSocketAddress to, ByteBuf datagram);

  /** Lets go at once what was sent so far: a peer waits for it, and this turn will take longer. */
  default void flush() {}

  /**
   * Whether datagrams leave as they come. If not, further ones wait in memory, and what has no
   * hurry should not be sent until {@link DatagramIn#onBatchEnd} is called again.
   */
  default boolean isWritable() {
    return true;
  }
}
