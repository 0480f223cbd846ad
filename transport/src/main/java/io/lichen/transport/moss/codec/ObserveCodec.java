// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.codec;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The payloads of kinds 5 and 6 (docs/wire/moss-transport.md, "Observe"). Stateless. */
public final class ObserveCodec {
  /** Length of the token, which is all of a request. */
  public static final int TOKEN_BYTES = 16;

  private static final int MAX_ADDRESS_CHARS = 64;
  private static final int MAX_PORT_CHARS = 5;

  private ObserveCodec() {}

  /** The answer: the token, then the address as {@code ip:port} or {@code [ip]:port}. */
  public static byte[] answer(byte[] buffer, int tokenOffset, InetSocketAddress seen) {
    byte[] text = NetUtil.toSocketAddressString(seen).getBytes(StandardCharsets.US_ASCII);
    byte[] answer =
        Arrays.copyOf(
            Arrays.copyOfRange(buffer, tokenOffset, tokenOffset + TOKEN_BYTES),
            TOKEN_BYTES + text.length);
    System.arraycopy(text, 0, answer, TOKEN_BYTES, text.length);
    return answer;
  }

  /**
   * The address in an answer.
   *
   * @return {@code null} if there is none; names are not resolved
   */
  public static @Nullable InetSocketAddress address(byte[] answer, int offset, int length) {
    int textLength = length - TOKEN_BYTES;
    if (textLength <= 0 || textLength > MAX_ADDRESS_CHARS) {
      return null;
    }
    String text = new String(answer, offset + TOKEN_BYTES, textLength, StandardCharsets.US_ASCII);
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      return null;
    }
    int port = port(text.substring(colon + 1));
    byte[] host = host(text.substring(0, colon));
    return port < 0 || host == null ? null : socketAddress(host, port);
  }

  private static byte @Nullable [] host(String text) {
    boolean bracketed = text.startsWith("[") && text.endsWith("]");
    if (text.indexOf(':') >= 0 != bracketed) {
      return null;
    }
    return NetUtil.createByteArrayFromIpAddressString(text);
  }

  private static int port(String text) {
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || text.length() > MAX_PORT_CHARS) {
      return -1;
    }
    int port = Integer.parseInt(text);
    return port <= 0xffff ? port : -1;
  }

  private static @Nullable InetSocketAddress socketAddress(byte[] host, int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(host), port);
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
