// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.gateway;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** PCP's MAP (RFC 6887, section 11). */
final class Pcp implements Dialect {
  private static final int VERSION = 2;
  private static final int MAP = 1;
  private static final int ANSWER_BIT = 0x80;
  private static final int BYTES = 60;
  private static final int MAX_BYTES = 1100;
  private static final int RESULT = 3;
  private static final int LIFETIME = 4;
  private static final int EPOCH = 8;
  private static final int NONCE = 24;
  private static final int PROTOCOL = 36;
  private static final int INTERNAL_PORT = 40;
  private static final int EXTERNAL_PORT = 42;
  private static final int EXTERNAL_HOST = 44;
  private static final int HOST_BYTES = 16;
  private static final int MAPPED_PREFIX_BYTES = 12;

  private final byte[] client;
  private final PcpNonces nonces;

  /**
   * Prepares one.
   *
   * @param client this machine's address as the gateway sees it
   */
  Pcp(InetAddress client, PcpNonces nonces) {
    this.client = client.getAddress();
    this.nonces = nonces;
  }

  @Override
  public String name() {
    return "PCP";
  }

  @Override
  public byte[] map(MapRequest request) {
    ByteBuffer out = ByteBuffer.allocate(BYTES).put((byte) VERSION).put((byte) MAP);
    out.putInt(LIFETIME, (int) request.lifetimeSeconds());
    out.position(EPOCH);
    if (client.length < HOST_BYTES) {
      out.position(EPOCH + MAPPED_PREFIX_BYTES - Short.BYTES).putShort((short) 0xffff);
    }
    out.put(client).put(nonces.of(request.kind())).put((byte) request.kind().protocol);
    out.putShort(INTERNAL_PORT, (short) request.internalPort());
    out.putShort(EXTERNAL_PORT, (short) request.externalPort());
    return out.array();
  }

  @Override
  public @Nullable GatewayAnswer readMap(MapRequest request, byte[] datagram) {
    if (datagram.length < BYTES
        || datagram.length > MAX_BYTES
        || datagram.length % Integer.BYTES != 0
        || datagram[0] != VERSION
        || Byte.toUnsignedInt(datagram[1]) != (ANSWER_BIT | MAP)) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(datagram);
    byte[] nonce = Arrays.copyOfRange(datagram, NONCE, NONCE + PcpNonces.BYTES);
    if (!Arrays.equals(nonce, nonces.of(request.kind()))
        || Byte.toUnsignedInt(datagram[PROTOCOL]) != request.kind().protocol
        || Short.toUnsignedInt(in.getShort(INTERNAL_PORT)) != request.internalPort()) {
      return null;
    }
    long epochSeconds = Integer.toUnsignedLong(in.getInt(EPOCH));
    int result = Byte.toUnsignedInt(datagram[RESULT]);
    if (result != 0) {
      return new GatewayAnswer.Refused(epochSeconds, result);
    }
    int port = Short.toUnsignedInt(in.getShort(EXTERNAL_PORT));
    long lifetimeSeconds = Integer.toUnsignedLong(in.getInt(LIFETIME));
    boolean meaningful = request.lifetimeSeconds() == 0 || (port != 0 && lifetimeSeconds != 0);
    return meaningful
        ? new GatewayAnswer.Granted(epochSeconds, externalHost(datagram), port, lifetimeSeconds)
        : null;
  }

  /** IPv4 in its IPv6 form comes out as IPv4. */
  private static InetAddress externalHost(byte[] datagram) {
    try {
      return InetAddress.getByAddress(
          Arrays.copyOfRange(datagram, EXTERNAL_HOST, EXTERNAL_HOST + HOST_BYTES));
    } catch (UnknownHostException e) {
      throw new AssertionError("16 octets are an address", e);
    }
  }

  @Override
  public byte @Nullable [] external() {
    return null;
  }

  @Override
  public @Nullable GatewayAnswer readExternal(byte[] datagram) {
    return null;
  }

  @Override
  public MapRequest release(MapRequest granted) {
    return granted.release();
  }
}
