// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import io.lichen.gateway.http.Headers;
import io.lichen.gateway.http.Request;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;

/** A request whose header is there, and its body on the way. Not thread-safe. */
final class RequestReader {
  private static final byte[] NO_BODY = {};

  private final HttpRequest head;
  private final int maxBytes;
  private final long beganNs = System.nanoTime();
  private byte[] whole = NO_BODY;
  private final ByteArrayOutputStream parts = new ByteArrayOutputStream(0);

  RequestReader(HttpRequest head, int maxBytes) {
    this.head = head;
    this.maxBytes = maxBytes;
  }

  /** Takes a piece of the body, without releasing it; false when there is too much. */
  boolean add(ByteBuf piece, boolean last) {
    int length = piece.readableBytes();
    if (length > maxBytes - parts.size()) {
      return false;
    }
    if (last && parts.size() == 0) {
      whole = length == 0 ? NO_BODY : ByteBufUtil.getBytes(piece);
    } else if (length > 0) {
      byte[] bytes = ByteBufUtil.getBytes(piece);
      parts.write(bytes, 0, length);
    }
    return true;
  }

  /** The request, when its body is whole. */
  Request request(InetSocketAddress remote) {
    return Request.of(
        head.method().name(),
        head.uri(),
        Headers.of(head.headers()),
        parts.size() == 0 ? whole : parts.toByteArray(),
        remote);
  }

  /** Whether the client wants to hear that it may send the body. */
  boolean expectsContinue() {
    return head.headers().contains(HttpHeaderNames.EXPECT);
  }

  boolean isHead() {
    return head.method().equals(HttpMethod.HEAD);
  }

  /** Whether the client understands HTTP/1.1, so that a body can come in chunks. */
  boolean isCurrent() {
    return head.protocolVersion().isKeepAliveDefault();
  }

  /** Whether another request may follow on this connection. */
  boolean keepsAlive() {
    return isCurrent() && HttpUtil.isKeepAlive(head);
  }

  /** When its header was there. */
  long beganNs() {
    return beganNs;
  }
}
