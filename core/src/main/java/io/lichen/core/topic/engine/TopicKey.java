// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.topic.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * By what a topic knows a message: 16 octets of a hash over all that the publisher said.
 *
 * @param first the first eight octets, the first one highest
 * @param second the others
 */
public record TopicKey(long first, long second) {
  /** Its length. */
  public static final int BYTES = 16;

  /** All zeros: no name. */
  public static final TopicKey NONE = new TopicKey(0, 0);

  /** The key at the start of these octets, 16 or more. */
  public static TopicKey of(byte[] octets) {
    ByteBuffer buffer = ByteBuffer.wrap(octets).order(ByteOrder.BIG_ENDIAN);
    return new TopicKey(buffer.getLong(), buffer.getLong());
  }

  /** Reads one where the buffer stands, whatever its order. */
  static TopicKey read(ByteBuffer from) {
    byte[] octets = new byte[BYTES];
    from.get(octets);
    return of(octets);
  }

  /** Writes it where the buffer stands, whatever its order. */
  void write(ByteBuffer to) {
    ByteOrder order = to.order();
    to.order(ByteOrder.BIG_ENDIAN).putLong(first).putLong(second).order(order);
  }
}
