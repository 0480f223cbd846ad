// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.netty;

import io.lichen.transport.netty.SocketKit;
import io.netty.channel.epoll.EpollDatagramChannel;

/**
 * Which of the system's ways to move several datagrams at once a socket uses; docs/benchmarks.md
 * ("UDP socket") has the figures that the defaults rest on.
 *
 * @param segmentation datagrams of one size to one peer go out as one that the kernel cuts (GSO)
 * @param coalescing datagrams of one size from one peer come in as one that was not cut yet (GRO)
 * @param datagramsPerRead how many datagrams one system call brings at most (recvmmsg)
 */
public record SocketTuning(boolean segmentation, boolean coalescing, int datagramsPerRead) {
  private static final int DATAGRAMS_PER_READ = 16;

  /** What pays on sockets of this kind. */
  public static SocketTuning of(SocketKit kit) {
    if (!kit.isEpoll()) {
      return new SocketTuning(false, false, 1);
    }
    return EpollDatagramChannel.isSegmentedDatagramPacketSupported()
        ? new SocketTuning(true, true, 1)
        : new SocketTuning(false, false, DATAGRAMS_PER_READ);
  }

  /**
   * Checks what goes together.
   *
   * @throws IllegalArgumentException if several uncut datagrams are to come at once: Netty does not
   *     learn from the system where to cut them then
   */
  public SocketTuning {
    if (coalescing && datagramsPerRead != 1) {
      throw new IllegalArgumentException(
          "uncut datagrams come one by one, not " + datagramsPerRead + " at once");
    }
  }
}
