// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import io.lichen.gateway.http.WebSocketMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Puts the pieces of a message together; bounded in pieces and bytes. Not thread-safe. */
final class MessageAssembler {
  /** More than any client makes of one message; without a bound, empty pieces would cost all. */
  static final int MAX_PIECES = 4096;

  private final int maxBytes;
  private final ByteArrayOutputStream pieces = new ByteArrayOutputStream();
  private int count;
  private boolean binary;

  MessageAssembler(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * Takes a data frame and leaves it to the caller to release it.
   *
   * @return the message that is whole now, if it is
   * @throws CorruptedWebSocketFrameException if it has too many pieces or bytes, or is no text
   */
  @Nullable WebSocketMessage add(WebSocketFrame frame) {
    if (count == 0) {
      binary = frame instanceof BinaryWebSocketFrame;
      if (frame.isFinalFragment()) {
        return message(ByteBufUtil.getBytes(frame.content()));
      }
    }
    append(frame.content());
    if (!frame.isFinalFragment()) {
      return null;
    }
    byte[] whole = pieces.toByteArray();
    pieces.reset();
    count = 0;
    return message(whole);
  }

  private void append(ByteBuf piece) {
    count++;
    if (count > MAX_PIECES || pieces.size() + piece.readableBytes() > maxBytes) {
      throw new CorruptedWebSocketFrameException(
          WebSocketCloseStatus.MESSAGE_TOO_BIG, "the message has too many pieces or bytes");
    }
    byte[] bytes = ByteBufUtil.getBytes(piece);
    pieces.write(bytes, 0, bytes.length);
  }

  private WebSocketMessage message(byte[] whole) {
    if (binary) {
      return new WebSocketMessage.Binary(whole);
    }
    try {
      // A new decoder reports what is malformed instead of replacing it.
      return new WebSocketMessage.Text(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(whole)).toString());
    } catch (CharacterCodingException e) {
      throw new CorruptedWebSocketFrameException(
          WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "the text is not UTF-8", e);
    }
  }
}
