// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import io.lichen.gateway.http.HttpLimits;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;

/** Takes no request that another reader could understand in another way. */
final class RequestDecoder extends HttpRequestDecoder {
  private final Runnable onBytes;

  /**
   * @param onBytes called whenever something has come
   */
  RequestDecoder(HttpLimits limits, Runnable onBytes) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(limits.maxLineBytes())
            .setMaxHeaderSize(limits.maxHeaderBytes())
            .setStrictLineParsing(true)
            .setUseRfc9112TransferEncoding(true)
            .setAllowDuplicateContentLengths(false));
    this.onBytes = onBytes;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
    onBytes.run();
    super.channelRead(context, bytes);
  }

  /** Others drop the length; who sends both wants to smuggle (RFC 9112 section 6.3). */
  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("both a length and a transfer coding");
  }
}
