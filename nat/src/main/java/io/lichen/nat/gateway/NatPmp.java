// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.gateway;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** NAT-PMP (RFC 6886, section 3); stateless. */
final class NatPmp implements Dialect {
  private static final int MAP_BYTES = 12;
  private static final int MAP_ANSWER_BYTES = 16;
  private static final int EXTERNAL_ANSWER_BYTES = 12;
  private static final int REFUSAL_BYTES = 8;
  private static final int ANSWER_BIT = 0x80;
  private static final byte[] EXTERNAL = {0, 0};

  @Override
  public String name() {
    return "NAT-PMP";
  }

  @Override
  public byte[] map(MapRequest request) {
    return ByteBuffer.allocate(MAP_BYTES)
        .put((byte) 0)
        .put((byte) request.kind().natPmpOperation)
        .putShort((short) 0)
        .putShort((short) request.internalPort())
        .putShort((short) request.externalPort())
        .putInt((int) request.lifetimeSeconds())
        .array();
  }

  @Override
  public @Nullable GatewayAnswer readMap(MapRequest request, byte[] datagram) {
    if (!answers(datagram, request.kind().natPmpOperation)) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(datagram, Short.BYTES, datagram.length - Short.BYTES);
    int result = Short.toUnsignedInt(in.getShort());
    long epochSeconds = Integer.toUnsignedLong(in.getInt());
    if (result != 0) {
      return new GatewayAnswer.Refused(epochSeconds, result);
    }
    if (datagram.length < MAP_ANSWER_BYTES
        || Short.toUnsignedInt(in.getShort()) != request.internalPort()) {
      return null;
    }
    int port = Short.toUnsignedInt(in.getShort());
    long lifetimeSeconds = Integer.toUnsignedLong(in.getInt());
    boolean meaningful = request.lifetimeSeconds() == 0 || (port != 0 && lifetimeSeconds != 0);
    return meaningful ? new GatewayAnswer.Granted(epochSeconds, null, port, lifetimeSeconds) : null;
  }

  @Override
  public byte[] external() {
    return EXTERNAL.clone();
  }

  @Override
  public @Nullable GatewayAnswer readExternal(byte[] datagram) {
    if (!answers(datagram, 0)) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(datagram);
    int result = Short.toUnsignedInt(in.getShort(Short.BYTES));
    long epochSeconds = Integer.toUnsignedLong(in.getInt(2 * Short.BYTES));
    if (result != 0) {
      return new GatewayAnswer.Refused(epochSeconds, result);
    }
    return datagram.length < EXTERNAL_ANSWER_BYTES
        ? null
        : new GatewayAnswer.External(
            epochSeconds, host(Arrays.copyOfRange(datagram, REFUSAL_BYTES, EXTERNAL_ANSWER_BYTES)));
  }

  private static boolean answers(byte[] datagram, int operation) {
    return datagram.length >= REFUSAL_BYTES
        && datagram[0] == 0
        && Byte.toUnsignedInt(datagram[1]) == (ANSWER_BIT | operation);
  }

  private static InetAddress host(byte[] octets) {
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 octets are an address", e);
    }
  }

  @Override
  public MapRequest release(MapRequest granted) {
    return granted.wanting(0).release();
  }
}
