// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/**
 * What a socket feeds: the engine behind it. Everything is called on the socket's loop with that
 * loop's monotonic clock.
 */
public interface DatagramIn {
  /** What {@link #nextDeadlineNs} answers when no timer is needed. */
  long NO_DEADLINE = Long.MAX_VALUE;

  /**
   * One datagram.
   *
   * @param datagram remains the caller's: read during the call only, its indices may change
   */
  void onDatagram(InetSocketAddress from, ByteBuf datagram, long nowNs);

  /** No more datagrams are at hand for the moment: acknowledgements go out now. */
  void onBatchEnd(long nowNs);

  /** The time that {@link #nextDeadlineNs} named has come. Earlier calls do no harm. */
  void onTimer(long nowNs);

  /** When {@link #onTimer} is wanted, on the loop's clock; ask after every call. */
  long nextDeadlineNs();
}
