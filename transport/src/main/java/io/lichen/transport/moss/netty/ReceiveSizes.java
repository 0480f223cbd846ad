// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * How much is read from a TCP socket at once: little from a stranger, whose connection is to cost
 * next to nothing, and up to 256 KiB from a peer, growing while reads come back full.
 *
 * <p>One for each channel; all calls on its event loop.
 */
final class ReceiveSizes extends DefaultMaxMessagesRecvByteBufAllocator {
  private static final int STRANGER_BYTES = 512;
  private static final int PEER_MIN_BYTES = 4 * 1024;
  private static final int PEER_START_BYTES = 16 * 1024;
  private static final int PEER_MAX_BYTES = 256 * 1024;
  private static final int SHORT_READS_BEFORE_SHRINKING = 16;

  private int sizeBytes = STRANGER_BYTES;
  private int shortReads;

  /** The other side has been authenticated. */
  void peerIsKnown() {
    sizeBytes = PEER_START_BYTES;
  }

  private void adapt(int readBytes) {
    if (sizeBytes == STRANGER_BYTES) {
      return;
    }
    if (readBytes >= sizeBytes) {
      sizeBytes = Math.min(2 * sizeBytes, PEER_MAX_BYTES);
      shortReads = 0;
    } else if (readBytes > sizeBytes / 4) {
      shortReads = 0;
    } else if (++shortReads >= SHORT_READS_BEFORE_SHRINKING) {
      sizeBytes = Math.max(sizeBytes / 2, PEER_MIN_BYTES);
      shortReads = 0;
    }
  }

  @SuppressWarnings("deprecation") // The interface's own return type; there is no other.
  @Override
  public Handle newHandle() {
    return new AdaptingHandle();
  }

  private final class AdaptingHandle extends MaxMessageHandle {
    @Override
    public int guess() {
      return sizeBytes;
    }

    @Override
    public void lastBytesRead(int bytes) {
      if (bytes > 0) {
        adapt(bytes);
      }
      super.lastBytesRead(bytes);
    }
  }
}
