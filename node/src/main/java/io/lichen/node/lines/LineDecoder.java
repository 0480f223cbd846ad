// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.lines;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lichen.crypto.PeerId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Turns a line into a {@link LineOp} or refuses it with a reason. Members that it does not know are
 * ignored, so that a later contract can add some. Thread-safe.
 */
public final class LineDecoder {
  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  /**
   * Decodes one line.
   *
   * @param line the octets of the line without its end, UTF-8
   * @throws BadLineException if it is not an operation of the contract
   */
  public LineOp decode(byte[] line) throws BadLineException {
    JsonNode object = parse(line);
    JsonNode id = object.get("id");
    JsonNode op = object.get("op");
    if (op == null || !op.isTextual()) {
      throw new BadLineException("a string member \"op\" is missing", id);
    }
    return switch (op.textValue()) {
      case "publish" ->
          new LineOp.Publish(
              room(object, id), text(object, "channel", id), base64(object, "data", id), id);
      case "subscribe" -> new LineOp.Subscribe(room(object, id), text(object, "channel", id), id);
      case "unsubscribe" ->
          new LineOp.Unsubscribe(room(object, id), text(object, "channel", id), id);
      case "join" -> new LineOp.Join(text(object, "room", id), psk(object, id), id);
      case "leave" -> new LineOp.Leave(text(object, "room", id), id);
      case "connect" -> new LineOp.Connect(text(object, "address", id), id);
      case "score" -> new LineOp.Score(peer(object, id), score(object, id), id);
      case "info" -> new LineOp.Info(id);
      case "stats" -> new LineOp.Stats(id);
      case "stop" -> new LineOp.Stop(id);
      default ->
          throw new BadLineException(
              "unknown op \""
                  + abbreviate(op.textValue())
                  + "\"; known are publish, subscribe, unsubscribe, join, leave, connect, score,"
                  + " info, stats and stop",
              id);
    };
  }

  private static JsonNode parse(byte[] line) throws BadLineException {
    JsonNode node;
    try {
      // Decoding first keeps the parser from guessing UTF-16 or UTF-32 out of leading zero octets.
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
      node = READER.readTree(text);
    } catch (CharacterCodingException e) {
      throw new BadLineException("not UTF-8", null);
    } catch (IOException e) {
      throw new BadLineException("not JSON: " + firstLine(e.getMessage()), null);
    }
    if (!node.isObject()) {
      throw new BadLineException("not a JSON object", null);
    }
    return node;
  }

  /** The node's own room where none is named. */
  private static String room(JsonNode object, @Nullable JsonNode id) throws BadLineException {
    return object.has("room") ? text(object, "room", id) : "";
  }

  private static byte[] psk(JsonNode object, @Nullable JsonNode id) throws BadLineException {
    return object.has("psk") ? base64(object, "psk", id) : new byte[0];
  }

  private static PeerId peer(JsonNode object, @Nullable JsonNode id) throws BadLineException {
    String hex = text(object, "peer", id);
    try {
      return PeerId.parse(hex);
    } catch (IllegalArgumentException e) {
      throw new BadLineException("\"peer\" is no key: " + firstLine(e.getMessage()), id);
    }
  }

  private static OptionalDouble score(JsonNode object, @Nullable JsonNode id)
      throws BadLineException {
    JsonNode score = object.get("score");
    if (score == null) {
      return OptionalDouble.empty();
    }
    if (!score.isNumber() || !Double.isFinite(score.doubleValue())) {
      throw new BadLineException("\"score\" is no finite number", id);
    }
    return OptionalDouble.of(score.doubleValue());
  }

  private static String text(JsonNode object, String member, @Nullable JsonNode id)
      throws BadLineException {
    JsonNode value = object.get(member);
    if (value == null || !value.isTextual()) {
      throw new BadLineException("a string member \"" + member + "\" is missing", id);
    }
    return value.textValue();
  }

  /** Standard alphabet with padding, as in every other place of the wire and of this contract. */
  private static byte[] base64(JsonNode object, String member, @Nullable JsonNode id)
      throws BadLineException {
    String text = text(object, member, id);
    if (text.length() % 4 != 0) {
      throw new BadLineException("\"" + member + "\" is not base64: its padding is missing", id);
    }
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new BadLineException(
          "\"" + member + "\" is not base64: " + firstLine(e.getMessage()), id);
    }
  }

  private static String abbreviate(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
  }
}
