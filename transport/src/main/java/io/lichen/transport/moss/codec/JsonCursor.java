// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Walks over a small JSON text (RFC 8259) without building a tree. Bounded: nesting deeper than
 * {@link #MAX_DEPTH} is refused. For one use.
 */
final class JsonCursor {
  static final int MAX_DEPTH = 256;

  private static final String ESCAPED = "\"\\/bfnrt";
  private static final String UNESCAPED = "\"\\/\b\f\n\r\t";

  private final byte[] json;
  private int position;
  private int depth;

  JsonCursor(byte[] json) {
    this.json = json;
  }

  MalformedPayloadException malformed(String what) {
    return new MalformedPayloadException("malformed JSON at octet " + position + ": " + what);
  }

  /** The next octet, or -1 at the end. */
  int peek() {
    return position < json.length ? json[position] & 0xff : -1;
  }

  boolean accept(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    position++;
    return true;
  }

  void expect(char wanted) {
    if (!accept(wanted)) {
      throw malformed("no '" + wanted + "'");
    }
  }

  void expectEnd() {
    if (peek() >= 0) {
      throw malformed("more than one value");
    }
  }

  void literal(String text) {
    for (int i = 0; i < text.length(); i++) {
      expect(text.charAt(i));
    }
  }

  void skipSpace() {
    int next = peek();
    while (next == ' ' || next == '\t' || next == '\n' || next == '\r') {
      position++;
      next = peek();
    }
  }

  void skipValue() {
    switch (peek()) {
      case '{' -> skipContainer('{', '}');
      case '[' -> skipContainer('[', ']');
      case '"' -> string();
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> number();
    }
  }

  private void skipContainer(char open, char close) {
    if (++depth > MAX_DEPTH) {
      throw malformed("nested deeper than " + MAX_DEPTH);
    }
    expect(open);
    skipSpace();
    if (!accept(close)) {
      do {
        skipSpace();
        if (open == '{') {
          string();
          skipSpace();
          expect(':');
          skipSpace();
        }
        skipValue();
        skipSpace();
      } while (accept(','));
      expect(close);
    }
    depth--;
  }

  /** The text of a number, as it stands. */
  String number() {
    int start = position;
    accept('-');
    if (!accept('0')) {
      digits();
    }
    if (accept('.')) {
      digits();
    }
    if (accept('e') || accept('E')) {
      if (!accept('+')) {
        accept('-');
      }
      digits();
    }
    return new String(json, start, position - start, StandardCharsets.US_ASCII);
  }

  private void digits() {
    int start = position;
    while (peek() >= '0' && peek() <= '9') {
      position++;
    }
    if (position == start) {
      throw malformed("no value");
    }
  }

  /** A string without its escapes; what is not UTF-8 is replaced. */
  String string() {
    expect('"');
    ByteArrayOutputStream text = new ByteArrayOutputStream(64);
    while (true) {
      int next = peek();
      if (next < ' ') {
        throw malformed("an unfinished string");
      }
      position++;
      if (next == '"') {
        return text.toString(StandardCharsets.UTF_8);
      }
      if (next == '\\') {
        escape(text);
      } else {
        text.write(next);
      }
    }
  }

  private void escape(ByteArrayOutputStream text) {
    int letter = peek();
    position++;
    if (letter == 'u') {
      // Pairs of surrogates are not joined: nothing that is compared here is outside the BMP.
      text.writeBytes(Character.toString(hex4()).getBytes(StandardCharsets.UTF_8));
      return;
    }
    int index = letter < 0 ? -1 : ESCAPED.indexOf(letter);
    if (index < 0) {
      throw malformed("an unknown escape");
    }
    text.write(UNESCAPED.charAt(index));
  }

  private int hex4() {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = peek() < 0 ? -1 : Character.digit(peek(), 16);
      if (digit < 0) {
        throw malformed("an unfinished escape");
      }
      value = value << 4 | digit;
      position++;
    }
    return value;
  }
}
