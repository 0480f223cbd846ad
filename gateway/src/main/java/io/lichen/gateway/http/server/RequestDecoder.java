// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import io.lichen.gateway.http.HttpLimits;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/** Takes no request that another reader could understand in another way. */
final class RequestDecoder extends HttpRequestDecoder {
  private final Runnable onBytes;
  private final HeaderLines lines = new HeaderLines();
  private boolean inBody;

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

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out)
      throws Exception {
    int begin = bytes.readerIndex();
    int known = out.size();
    boolean header = !inBody;
    super.decode(context, bytes, out);
    if (header) {
      lines.read(bytes, begin, bytes.readerIndex());
    }
    for (Object part : out.subList(known, out.size())) {
      check(part);
    }
  }

  private void check(Object part) {
    if (part instanceof HttpRequest head) {
      if (lines.takeFold()) {
        head.setDecoderResult(
            DecoderResult.failure(new IllegalArgumentException("a header line goes on")));
      }
      inBody = true;
    }
    if (part instanceof LastHttpContent) {
      inBody = false;
    }
  }

  /** One space stands before the target and one behind it, and nothing that could be one. */
  @Override
  protected String splitSecondWordInitialLine(byte[] line, int start, int length) {
    int end = start + length;
    boolean single =
        start > 1
            && line[start - 1] == ' '
            && line[start - 2] > ' '
            && end + 1 < line.length
            && line[end] == ' '
            && line[end + 1] > ' ';
    if (!single) {
      throw new IllegalArgumentException("the words of a request line are apart by one space");
    }
    return super.splitSecondWordInitialLine(line, start, length);
  }

  /** Letters count (RFC 9112 section 2.3). */
  @Override
  protected String splitThirdWordInitialLine(byte[] line, int start, int length) {
    String version = super.splitThirdWordInitialLine(line, start, length);
    if (!version.startsWith("HTTP/")) {
      throw new IllegalArgumentException("this is no version of HTTP");
    }
    return version;
  }

  /** Others drop the length; who sends both wants to smuggle (RFC 9112 section 6.3). */
  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("both a length and a transfer coding");
  }
}
