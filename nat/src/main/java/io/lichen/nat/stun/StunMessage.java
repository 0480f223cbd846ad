// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.stun;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A Binding message as it came (docs/wire/stun.md). Immutable. Of attributes that stand in it
 * several times the first counts; unknown ones are passed over.
 */
public final class StunMessage {
  /** Octets before the attributes. */
  public static final int HEADER_BYTES = 20;

  static final int COOKIE = 0x2112A442;
  static final int ATTRIBUTE_HEADER_BYTES = 4;
  static final int FINGERPRINT_MASK = 0x5354554e;
  private static final int CHANGE_ADDRESS = 4;
  private static final int CHANGE_PORT = 2;

  private final StunKind kind;
  private final TransactionId transactionId;
  private final Map<StunAttribute, byte[]> attributes;
  private final boolean fingerprinted;

  private StunMessage(
      StunKind kind,
      TransactionId transactionId,
      Map<StunAttribute, byte[]> attributes,
      boolean fingerprinted) {
    this.kind = kind;
    this.transactionId = transactionId;
    this.attributes = attributes;
    this.fingerprinted = fingerprinted;
  }

  /** Whether a datagram has the header of a STUN message and the length that it says. */
  public static boolean isStun(byte[] datagram) {
    if (datagram.length < HEADER_BYTES || (datagram[0] & 0xc0) != 0) {
      return false;
    }
    ByteBuffer in = ByteBuffer.wrap(datagram);
    int length = Short.toUnsignedInt(in.getShort(2));
    return in.getInt(4) == COOKIE && length % 4 == 0 && datagram.length == HEADER_BYTES + length;
  }

  /** Reads a datagram; empty if it is no Binding message, or its attributes overrun it. */
  public static Optional<StunMessage> read(byte[] datagram) {
    if (!isStun(datagram)) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(datagram);
    int code = in.getShort();
    Optional<StunKind> kind =
        Arrays.stream(StunKind.values()).filter(each -> each.code == code).findFirst();
    in.position(in.position() + Short.BYTES + Integer.BYTES);
    TransactionId id = new TransactionId(in.getInt(), in.getLong());
    Map<StunAttribute, byte[]> attributes = attributes(in);
    if (kind.isEmpty() || attributes == null) {
      return Optional.empty();
    }
    boolean fingerprinted = isFingerprinted(datagram, attributes);
    return Optional.of(new StunMessage(kind.get(), id, attributes, fingerprinted));
  }

  private static @Nullable Map<StunAttribute, byte[]> attributes(ByteBuffer in) {
    Map<StunAttribute, byte[]> attributes = new EnumMap<>(StunAttribute.class);
    while (in.hasRemaining()) {
      int code = Short.toUnsignedInt(in.getShort());
      byte[] value = new byte[Short.toUnsignedInt(in.getShort())];
      int padding = -value.length & 3;
      if (value.length + padding > in.remaining()) {
        return null;
      }
      in.get(value);
      in.position(in.position() + padding);
      for (StunAttribute attribute : StunAttribute.values()) {
        if (attribute.code == code) {
          attributes.putIfAbsent(attribute, value);
        }
      }
    }
    return attributes;
  }

  /** It is the last attribute, and covers everything before it. */
  private static boolean isFingerprinted(byte[] datagram, Map<StunAttribute, byte[]> attributes) {
    byte[] said = attributes.get(StunAttribute.FINGERPRINT);
    int covered = datagram.length - ATTRIBUTE_HEADER_BYTES - Integer.BYTES;
    return said != null
        && said.length == Integer.BYTES
        && ByteBuffer.wrap(said).getInt() == fingerprint(datagram, covered);
  }

  static int fingerprint(byte[] datagram, int covered) {
    CRC32 crc = new CRC32();
    crc.update(datagram, 0, covered);
    return (int) crc.getValue() ^ FINGERPRINT_MASK;
  }

  /** What it is. */
  public StunKind kind() {
    return kind;
  }

  /** Which request it is, or answers. */
  public TransactionId transactionId() {
    return transactionId;
  }

  /** Whether it ends with a fingerprint that is right; most servers send none. */
  public boolean isFingerprinted() {
    return fingerprinted;
  }

  /**
   * How the server saw the sender of the request: XOR-MAPPED-ADDRESS. The address in clear, of
   * older servers, is not read: gateways rewrite it.
   */
  public @Nullable InetSocketAddress mappedAddress() {
    byte[] value = attributes.get(StunAttribute.XOR_MAPPED_ADDRESS);
    return value == null ? null : StunAddress.readXored(value, transactionId);
  }

  /** From where the server says that it answers: RESPONSE-ORIGIN. */
  public @Nullable InetSocketAddress responseOrigin() {
    return address(StunAttribute.RESPONSE_ORIGIN);
  }

  /** From where the server can answer, too, if it helps to discover behaviour: OTHER-ADDRESS. */
  public @Nullable InetSocketAddress otherAddress() {
    return address(StunAttribute.OTHER_ADDRESS);
  }

  private @Nullable InetSocketAddress address(StunAttribute attribute) {
    byte[] value = attributes.get(attribute);
    return value == null ? null : StunAddress.read(value);
  }

  /** Why the server refuses, 300 to 699; empty if it does not say. */
  public OptionalInt errorCode() {
    byte[] value = attributes.get(StunAttribute.ERROR_CODE);
    if (value == null || value.length < Integer.BYTES) {
      return OptionalInt.empty();
    }
    int code = (value[2] & 7) * 100 + value[3];
    return value[3] >= 0 && value[3] < 100 && code >= 300 && code < 700
        ? OptionalInt.of(code)
        : OptionalInt.empty();
  }

  /** Whether the answer is to come from the server's other host. */
  public boolean changesHost() {
    return (changes() & CHANGE_ADDRESS) != 0;
  }

  /** Whether the answer is to come from the server's other port. */
  public boolean changesPort() {
    return (changes() & CHANGE_PORT) != 0;
  }

  private int changes() {
    byte[] value = attributes.get(StunAttribute.CHANGE_REQUEST);
    return value == null || value.length != Integer.BYTES ? 0 : value[Integer.BYTES - 1];
  }

  /** The value of a CHANGE-REQUEST. */
  static byte[] changes(boolean host, boolean port) {
    return new byte[] {0, 0, 0, (byte) ((host ? CHANGE_ADDRESS : 0) | (port ? CHANGE_PORT : 0))};
  }
}
