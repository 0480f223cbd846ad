// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.lines;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An operation as it stands in a line: a JSON object with a member {@code "op"}. What cannot be
 * used of it is refused with a reason. Immutable.
 *
 * @param op the operation's word
 * @param id what the program gave as {@code "id"}, {@code null} if it gave none
 * @param json all of it
 */
public record LineObject(String op, @Nullable JsonNode id, JsonNode json) {
  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private static final Pattern UNSIGNED = Pattern.compile("[0-9]{1,20}");
  private static final int MAX_SHOWN = 40;

  /**
   * Reads a line.
   *
   * @param line its octets without its end, UTF-8
   * @throws BadLineException if it is no JSON object with a text {@code "op"}
   */
  public static LineObject parse(byte[] line) throws BadLineException {
    JsonNode json = read(line);
    JsonNode id = json.get("id");
    JsonNode op = json.get("op");
    if (op == null || !op.isTextual()) {
      throw new BadLineException("a string member \"op\" is missing", id);
    }
    return new LineObject(op.textValue(), id, json);
  }

  private static JsonNode read(byte[] line) throws BadLineException {
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

  /** Whether there is such a member. */
  public boolean has(String member) {
    return json.has(member);
  }

  /** A text. */
  public String text(String member) throws BadLineException {
    JsonNode value = json.get(member);
    if (value == null || !value.isTextual()) {
      throw bad("a string member \"" + member + "\" is missing");
    }
    return value.textValue();
  }

  /** Octets in base64: standard alphabet with padding, as in every other place of the contract. */
  public byte[] base64(String member) throws BadLineException {
    return base64(member, text(member));
  }

  /** The octets of such a text, which stands in a member. */
  public byte[] base64(String member, String text) throws BadLineException {
    if (text.length() % 4 != 0) {
      throw bad("\"" + member + "\" is not base64: its padding is missing");
    }
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw bad("\"" + member + "\" is not base64: " + firstLine(e.getMessage()));
    }
  }

  /** Octets in hex. */
  public byte[] hex(String member) throws BadLineException {
    String text = text(member);
    try {
      return HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException e) {
      throw bad("\"" + member + "\" is not hexadecimal: " + abbreviate(text));
    }
  }

  /** An unsigned 64-bit number as decimal text. */
  public long u64(String member) throws BadLineException {
    String text = text(member);
    try {
      if (UNSIGNED.matcher(text).matches()) {
        return Long.parseUnsignedLong(text);
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw bad(
        "\"" + member + "\" is no unsigned 64-bit number in decimal: \"" + abbreviate(text) + '"');
  }

  /** A whole number in a range, or this if there is none. */
  public int number(String member, int least, int most, int otherwise) throws BadLineException {
    JsonNode value = json.get(member);
    if (value == null) {
      return otherwise;
    }
    if (!value.canConvertToInt()
        || !value.isIntegralNumber()
        || value.intValue() < least
        || value.intValue() > most) {
      throw bad("\"" + member + "\" is no number from " + least + " to " + most + ": " + value);
    }
    return value.intValue();
  }

  /** A JSON object, or an empty one if there is none. */
  public String object(String member) throws BadLineException {
    JsonNode value = json.get(member);
    if (value == null) {
      return "{}";
    }
    if (!value.isObject()) {
      throw bad("\"" + member + "\" is no JSON object");
    }
    return value.toString();
  }

  /** What to throw for a member that cannot be used. */
  public BadLineException bad(String reason) {
    return new BadLineException(reason, id);
  }

  /** A text from outside, short enough for a message. */
  public static String abbreviate(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }

  static String firstLine(@Nullable String message) {
    return message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
  }
}
