// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.codec;

import java.util.Arrays;

/**
 * Where the parts of an opened datagram lie. Reused from datagram to datagram by the one thread
 * that opens them; valid until the next one is opened or the buffer is overwritten.
 */
public final class DatagramView {
  private int kind;
  private byte[] buffer = new byte[0];
  private int offset;
  private int length;

  void set(int newKind, byte[] newBuffer, int newOffset, int newLength) {
    kind = newKind;
    buffer = newBuffer;
    offset = newOffset;
    length = newLength;
  }

  /** The kind octet, 0 to 255; see {@link DatagramKind}. */
  public int kind() {
    return kind;
  }

  /** The array that holds the payload. */
  public byte[] buffer() {
    return buffer;
  }

  /** Where the payload begins. */
  public int offset() {
    return offset;
  }

  /** Length of the payload in octets. */
  public int length() {
    return length;
  }

  /** A copy of the payload. */
  public byte[] payload() {
    return Arrays.copyOfRange(buffer, offset, offset + length);
  }
}
