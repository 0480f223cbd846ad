// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.codec;

import java.security.SecureRandom;

/**
 * Hands out secure random octets from a block drawn ahead, since asking the source for 14 octets
 * per datagram costs more than sealing it. Not thread-safe.
 */
final class RandomPool {
  private static final int BLOCK_BYTES = 4096;

  private final SecureRandom source;
  private final byte[] block = new byte[BLOCK_BYTES];
  private int position = BLOCK_BYTES;

  RandomPool(SecureRandom source) {
    this.source = source;
  }

  void nextBytes(byte[] out) {
    require(out.length);
    System.arraycopy(block, position, out, 0, out.length);
    position += out.length;
  }

  int nextUnsignedShort() {
    require(2);
    int value = (block[position] & 0xff) << 8 | (block[position + 1] & 0xff);
    position += 2;
    return value;
  }

  private void require(int count) {
    if (BLOCK_BYTES - position < count) {
      source.nextBytes(block);
      position = 0;
    }
  }
}
