// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import io.lichen.gateway.http.Body;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;

/** Writes responses whose length is known. On the channel's loop. */
final class ResponseWriter {
  private ResponseWriter() {}

  /** Done when the operating system has all of it. */
  static ChannelFuture write(Channel channel, Reply reply, boolean toHead, boolean keepAlive) {
    HttpResponseStatus status = HttpResponseStatus.valueOf(reply.response().status());
    HttpHeaders headers = ResponseHead.whole(reply.response(), reply.length(), toHead, keepAlive);
    if (reply.file() != null) {
      Wire.write(channel, new DefaultHttpResponse(HttpVersion.HTTP_1_1, status, headers));
      Wire.write(channel, reply.file());
      return channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    }
    ByteBuf body =
        reply.response().body() instanceof Body.Bytes bytes
                && !toHead
                && ResponseHead.mayHaveBody(reply.response())
            ? Unpooled.wrappedBuffer(bytes.bytes())
            : Unpooled.EMPTY_BUFFER;
    return channel.writeAndFlush(
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, status, body, headers, EmptyHttpHeaders.INSTANCE));
  }
}
