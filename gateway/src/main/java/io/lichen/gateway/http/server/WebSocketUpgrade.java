// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import io.lichen.gateway.http.Body;
import io.lichen.gateway.http.Request;
import io.lichen.gateway.http.WebSocketHandler;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Makes a WebSocket of a connection (RFC 6455 section 4.2). No extension is ever agreed upon. */
final class WebSocketUpgrade {
  private static final String KEY = "Sec-WebSocket-Key";
  private static final String VERSION = "13";
  private static final String SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int KEY_BYTES = 16;

  private WebSocketUpgrade() {}

  /** Why a request does not become a WebSocket; or null, and then it has got its place. */
  static @Nullable Refusal refusal(Reply reply, Core core) {
    if (!(reply.response().body() instanceof Body.Upgrade)) {
      return Refusal.INTERNAL;
    }
    Request request = reply.request();
    if (!request.isUpgrade() || !VERSION.equals(request.header("Sec-WebSocket-Version"))) {
      return Refusal.NO_UPGRADE;
    }
    if (!isKey(request.header(KEY))) {
      return Refusal.BAD_WEBSOCKET;
    }
    return core.admitWebSocket() ? null : Refusal.FULL;
  }

  /** Answers 101, and takes HTTP out of the pipeline. On the loop. */
  static void perform(
      Core core, Loop loop, Channel channel, Reply reply, WebSocketHandler handler) {
    HttpHeaders headers = ResponseHead.of(reply.response());
    headers.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
    headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
    headers.set("Sec-WebSocket-Accept", accept(String.valueOf(reply.request().header(KEY))));
    Wire.send(
        channel,
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.SWITCHING_PROTOCOLS,
            channel.alloc().buffer(0),
            headers,
            EmptyHttpHeaders.INSTANCE));
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.addLast(new WebSocket13FrameDecoder(config(core.limits().maxBodyBytes())));
    pipeline.addLast(new WebSocketConnection(core, loop, channel, reply.request(), handler));
    pipeline.remove(HttpConnection.class);
    pipeline.remove(HttpResponseEncoder.class);
    pipeline.remove(RequestDecoder.class);
  }

  private static WebSocketDecoderConfig config(int maxBytes) {
    return WebSocketDecoderConfig.newBuilder()
        .maxFramePayloadLength(maxBytes)
        .closeOnProtocolViolation(false)
        .withUTF8Validator(false)
        .build();
  }

  private static boolean isKey(@Nullable String key) {
    try {
      return key != null && Base64.getDecoder().decode(key).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** RFC 6455 section 4.2.2, point 5.4. */
  private static String accept(String key) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      byte[] digest = sha1.digest((key + SUFFIX).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
