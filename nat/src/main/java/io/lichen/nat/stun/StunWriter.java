// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.stun;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Writes one Binding message; it ends with a fingerprint, as those of libmoss do. */
public final class StunWriter {
  private final StunKind kind;
  private final TransactionId id;
  private final ByteArrayOutputStream attributes = new ByteArrayOutputStream();

  private StunWriter(StunKind kind, TransactionId id) {
    this.kind = kind;
    this.id = id;
  }

  /** Begins a message without attributes. */
  public static StunWriter of(StunKind kind, TransactionId id) {
    return new StunWriter(kind, id);
  }

  /** Wants the answer from another address of the server (RFC 5780). */
  public StunWriter changes(boolean host, boolean port) {
    return put(StunAttribute.CHANGE_REQUEST, StunMessage.changes(host, port));
  }

  /** Says how the sender of the request was seen. */
  public StunWriter mappedAddress(InetSocketAddress address) {
    return put(StunAttribute.XOR_MAPPED_ADDRESS, StunAddress.writeXored(address, id));
  }

  /** Says from where this answer comes. */
  public StunWriter responseOrigin(InetSocketAddress address) {
    return put(StunAttribute.RESPONSE_ORIGIN, StunAddress.write(address));
  }

  /** Says from where answers can come, too. */
  public StunWriter otherAddress(InetSocketAddress address) {
    return put(StunAttribute.OTHER_ADDRESS, StunAddress.write(address));
  }

  /** Refuses: 300 to 699, without words. */
  public StunWriter errorCode(int code) {
    return put(
        StunAttribute.ERROR_CODE, new byte[] {0, 0, (byte) (code / 100), (byte) (code % 100)});
  }

  private StunWriter put(StunAttribute attribute, byte[] value) {
    int padding = -value.length & 3;
    attributes.writeBytes(
        ByteBuffer.allocate(StunMessage.ATTRIBUTE_HEADER_BYTES + value.length + padding)
            .putShort((short) attribute.code)
            .putShort((short) value.length)
            .put(value)
            .array());
    return this;
  }

  /** The datagram. */
  public byte[] datagram() {
    int covered = StunMessage.HEADER_BYTES + attributes.size();
    int bytes = covered + StunMessage.ATTRIBUTE_HEADER_BYTES + Integer.BYTES;
    ByteBuffer out =
        ByteBuffer.allocate(bytes)
            .putShort((short) kind.code)
            .putShort((short) (bytes - StunMessage.HEADER_BYTES))
            .putInt(StunMessage.COOKIE)
            .putInt(id.high())
            .putLong(id.low())
            .put(attributes.toByteArray())
            .putShort((short) StunAttribute.FINGERPRINT.code)
            .putShort((short) Integer.BYTES);
    return out.putInt(StunMessage.fingerprint(out.array(), covered)).array();
  }
}
