// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.json;

/** Moves over one word, number or string of a JSON text after the other. */
final class JsonLexer {
  private static final int END = -1;

  private final byte[] text;
  private int pos;

  /** Reads this text, which must be UTF-8. */
  JsonLexer(byte[] text) {
    this.text = text;
  }

  int position() {
    return pos;
  }

  /** The first character of what comes next, behind white space; below 0 at the end. */
  int peek() {
    while (pos < text.length && isSpace(text[pos])) {
      pos++;
    }
    return pos < text.length ? text[pos] & 0xff : END;
  }

  /** Moves over the character that comes next if it is this one. */
  boolean tryTake(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    pos++;
    return true;
  }

  void take(char wanted) throws BusJsonException {
    if (!tryTake(wanted)) {
      throw error("expected '" + wanted + "'");
    }
  }

  /** Moves over a word. */
  void literal(String word) throws BusJsonException {
    peek();
    if (text.length - pos < word.length()) {
      throw error("expected " + word);
    }
    for (int i = 0; i < word.length(); i++) {
      if (text[pos + i] != word.charAt(i)) {
        throw error("expected " + word);
      }
    }
    pos += word.length();
  }

  /** Moves over a number and tells where it began. */
  int number() throws BusJsonException {
    peek();
    final int from = pos;
    if (current() == '-') {
      pos++;
    }
    int first = pos;
    digits();
    if (text[first] == '0' && pos > first + 1) {
      throw error("a number begins with 0");
    }
    if (current() == '.') {
      pos++;
      digits();
    }
    if (current() == 'e' || current() == 'E') {
      pos++;
      if (current() == '+' || current() == '-') {
        pos++;
      }
      digits();
    }
    return from;
  }

  private void digits() throws BusJsonException {
    int from = pos;
    while (current() >= '0' && current() <= '9') {
      pos++;
    }
    if (pos == from) {
      throw error("expected a digit");
    }
  }

  /** Moves over a string and tells where its body, which ends before the position, began. */
  int string() throws BusJsonException {
    take('"');
    int from = pos;
    while (current() != '"') {
      if (current() == END) {
        throw error("a string does not end");
      }
      if (current() < ' ') {
        throw error("a control character in a string");
      }
      pos += current() == '\\' ? escapeLength() : 1;
    }
    pos++;
    return from;
  }

  private int escapeLength() throws BusJsonException {
    int kind = pos + 1 < text.length ? text[pos + 1] : END;
    if (kind == 'u') {
      for (int i = pos + 2; i < pos + 6; i++) {
        if (i >= text.length || Character.digit(text[i] & 0x7f, 16) < 0 || text[i] < 0) {
          throw error("expected four hex digits");
        }
      }
      return 6;
    }
    if (kind == END || "\"\\/bfnrt".indexOf(kind) < 0) {
      throw error("an invalid escape");
    }
    return 2;
  }

  /** Makes sure that nothing but white space is left. */
  void end() throws BusJsonException {
    if (peek() != END) {
      throw error("unexpected text behind the value");
    }
  }

  private int current() {
    return pos < text.length ? text[pos] & 0xff : END;
  }

  BusJsonException error(String reason) {
    return new BusJsonException(pos < text.length ? reason : "the text ends too early", pos);
  }

  private static boolean isSpace(byte c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }
}
