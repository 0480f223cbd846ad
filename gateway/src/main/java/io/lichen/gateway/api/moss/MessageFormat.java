// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.moss;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What goes over the WebSocket of a Moss node (docs/gateway.md, "WebSocket"). */
final class MessageFormat {
  /** Of a binary frame that publishes. */
  static final byte PUBLISH = 1;

  /** Of a binary frame with a message. */
  static final byte MESSAGE = 2;

  private static final int HEAD_BYTES = 3;
  private static final JsonFactory JSON = JsonMapper.builder().build().getFactory();

  private MessageFormat() {}

  /** What a client publishes by a binary frame. */
  @SuppressWarnings("ArrayRecordComponent")
  record Published(String channel, byte[] data) {}

  /** What is written into a JSON object. */
  @FunctionalInterface
  interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  /** A JSON object that says what it is. */
  static String object(String op, Members members) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("op", op);
      members.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  /** The client's own name of its request, if it gave one. */
  static void id(JsonGenerator json, @Nullable JsonNode id) throws IOException {
    if (id != null) {
      json.writeFieldName("id");
      json.writeTree(id);
    }
  }

  /** A message as text. */
  static String text(ChannelMessage message) {
    return object(
        "message",
        json -> {
          json.writeStringField("channel", message.channel());
          json.writeStringField("sender", HexFormat.of().formatHex(message.sender()));
          json.writeNumberField("seq", message.seq());
          json.writeNumberField("ts", message.timeMs());
          json.writeBinaryField("data", message.data());
        });
  }

  /** An event of the node as text. */
  static String event(int type, Map<String, String> detail) {
    return object(
        "event",
        json -> {
          json.writeNumberField("type", type);
          json.writeObjectFieldStart("detail");
          for (Map.Entry<String, String> member : detail.entrySet()) {
            json.writeStringField(member.getKey(), member.getValue());
          }
          json.writeEndObject();
        });
  }

  /** A message as bytes: type, length of the channel's name, that, sender, seq, payload. */
  static byte[] binary(ChannelMessage message) {
    byte[] channel = message.channel().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(
            HEAD_BYTES
                + channel.length
                + message.sender().length
                + Long.BYTES
                + message.data().length)
        .put(MESSAGE)
        .putShort((short) channel.length)
        .put(channel)
        .put(message.sender())
        .putLong(message.seq())
        .put(message.data())
        .array();
  }

  /** What a binary frame of a client publishes; null if it is none that does. */
  static @Nullable Published published(byte[] frame) {
    ByteBuffer bytes = ByteBuffer.wrap(frame);
    if (frame.length < HEAD_BYTES || bytes.get() != PUBLISH) {
      return null;
    }
    int length = Short.toUnsignedInt(bytes.getShort());
    if (length > bytes.remaining()) {
      return null;
    }
    ByteBuffer name = bytes.slice(bytes.position(), length);
    byte[] data = new byte[bytes.remaining() - length];
    bytes.get(bytes.position() + length, data);
    try {
      return new Published(StandardCharsets.UTF_8.newDecoder().decode(name).toString(), data);
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
