// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.json;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The lexical level of a {@link JsonReader}: moves over one string, number or literal after the
 * other, and says what it found instead of what was expected.
 *
 * <p>A superclass and not a part, so that reading one text makes one object.
 */
abstract sealed class JsonTokens permits JsonReader {
  private static final int SHOWN_CHARACTERS = 40;
  private static final Pattern CONTROL_CHARACTERS = Pattern.compile("\\p{Cntrl}");

  final byte[] text;
  final int start;
  final int end;
  int pos;

  /** Where the body of the string or name read last begins and ends. */
  int bodyStart;

  int bodyEnd;

  /** Whether that body holds neither escapes nor non-ASCII. */
  boolean plain;

  JsonTokens(byte[] text, int offset, int length) {
    this.text = text;
    this.start = offset;
    this.end = offset + length;
    this.pos = offset;
  }

  /** The first byte of what comes next, which is not consumed. */
  final byte token() throws JsonException {
    if (pos < end && text[pos] > ' ') {
      return text[pos];
    }
    if (skipSpace() == end) {
      throw error("the text ends too early");
    }
    return text[pos];
  }

  /** Moves over white space and tells where it ends. */
  final int skipSpace() {
    while (pos < end
        && (text[pos] == ' ' || text[pos] == '\n' || text[pos] == '\r' || text[pos] == '\t')) {
      pos++;
    }
    return pos;
  }

  /** Moves over the string that must come next, and notes where its body is. */
  final void string(String what) throws JsonException {
    if (token() != '"') {
      throw expected(what);
    }
    int p = pos + 1;
    bodyStart = p;
    plain = true;
    while (true) {
      p = JsonScan.plainEnd(text, p, end);
      if (p == end) {
        throw error("a string does not end");
      }
      if (text[p] == '"') {
        break;
      }
      plain = false;
      p = behindSpecial(p);
    }
    bodyEnd = p;
    pos = p + 1;
  }

  /** The position behind an escape, or behind all bytes above 0x7f that follow each other. */
  private int behindSpecial(int at) throws JsonException {
    int p = at;
    if (text[p] == '\\') {
      p = JsonScan.escapeEnd(text, p, end);
    } else if (text[p] < 0) {
      while (p < end && text[p] < 0) {
        p++;
      }
    } else {
      p = -1;
    }
    if (p < 0) {
      throw new JsonException("invalid escape or raw control character in a string", at - start);
    }
    return p;
  }

  /** The text of the string or name read last. */
  final String body() {
    return plain
        ? new String(text, bodyStart, bodyEnd - bodyStart, StandardCharsets.ISO_8859_1)
        : JsonText.unescape(text, bodyStart, bodyEnd);
  }

  /** The text of the number that must come next, which has neither fraction nor exponent. */
  final String wholeNumber() throws JsonException {
    int from = pos;
    String number = number("an integer");
    for (int i = 0; i < number.length(); i++) {
      char c = number.charAt(i);
      if (c == '.' || c == 'e' || c == 'E') {
        throw new JsonException("expected an integer, found " + shortened(number), from - start);
      }
    }
    return number;
  }

  /** The text of the number that must come next. */
  final String number(String what) throws JsonException {
    byte first = token();
    if (first != '-' && (first < '0' || first > '9')) {
      throw expected(what);
    }
    int behind = JsonScan.numberEnd(text, pos, end);
    if (behind < 0) {
      throw expected(what);
    }
    String number = new String(text, pos, behind - pos, StandardCharsets.ISO_8859_1);
    pos = behind;
    return number;
  }

  /** Moves over the word that must come next. */
  final void literal(String word) throws JsonException {
    if (end - pos < word.length()) {
      throw expected(word);
    }
    for (int i = 0; i < word.length(); i++) {
      if (text[pos + i] != word.charAt(i)) {
        throw expected(word);
      }
    }
    pos += word.length();
  }

  /** The error that something else comes next. */
  final JsonException expected(String what) {
    return error("expected " + what + ", found " + found());
  }

  /** What comes next instead of what was expected: a scalar whole, a container by its beginning. */
  private String found() {
    int stop = Math.min(end, pos + SHOWN_CHARACTERS + 1);
    int behind =
        switch (text[pos]) {
          case '{', '[' -> stop;
          case '"' -> Math.min(stop, firstOf("\"", pos + 1, stop) + 1);
          default -> firstOf(",]} \n\r\t", pos + 1, stop);
        };
    return shortened(new String(text, pos, behind - pos, StandardCharsets.UTF_8));
  }

  private int firstOf(String stops, int from, int stop) {
    int p = from;
    while (p < stop && stops.indexOf(text[p]) < 0) {
      p++;
    }
    return p;
  }

  /** An error at what comes next. */
  final JsonException error(String reason) {
    return new JsonException(reason, pos - start);
  }

  /** Fit for one line of a log. */
  static String shortened(String text) {
    String line = CONTROL_CHARACTERS.matcher(text).replaceAll("?");
    return line.length() <= SHOWN_CHARACTERS ? line : line.substring(0, SHOWN_CHARACTERS) + "…";
  }
}
