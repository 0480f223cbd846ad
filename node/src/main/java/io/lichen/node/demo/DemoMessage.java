// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.demo;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What the demonstration's nodes say.
 *
 * @param publisher number of the publishing node
 * @param number of the message; negative for one that only finds out who listens
 * @param sentNs when it was published, on this process's clock
 */
record DemoMessage(int publisher, int number, long sentNs) {
  byte[] encode() {
    return ByteBuffer.allocate(16).putInt(publisher).putInt(number).putLong(sentNs).array();
  }

  static Optional<DemoMessage> decode(byte[] data) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(data);
      return Optional.of(new DemoMessage(buffer.getInt(), buffer.getInt(), buffer.getLong()));
    } catch (BufferUnderflowException e) {
      return Optional.empty();
    }
  }
}
