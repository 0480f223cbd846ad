// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A strict pull reader over a range of bytes, with the natives' idea of JSON: no comments, no
 * byte-order mark, nothing behind the value, nesting up to {@value #MAX_DEPTH}; invalid UTF-8 is
 * replaced, not refused, as on the Moss wire (docs/wire/moss-envelope.md, "What a receiver
 * accepts"), unless {@link #readUnicode} asks for a string.
 *
 * <p>Time is linear in the length of the text. Not thread-safe; one reader reads one text.
 */
public final class JsonReader extends JsonTokens {
  /** How deep values may be nested. */
  public static final int MAX_DEPTH = 10_000;

  /** From here on octets are taken for the last thing in the text before they are scanned. */
  private static final int LONG_OCTETS = 256;

  private int depth;

  /** Whether a container was just opened, so that no comma is due. */
  private boolean fresh;

  /** Whether long octets may still be taken for the last thing in the text, unseen. */
  private boolean mayGuess = true;

  /**
   * Reads {@code length} bytes from {@code offset}; the array is not copied and must not change.
   */
  public JsonReader(byte[] text, int offset, int length) {
    super(text, offset, length);
  }

  /** Consumes the literal {@code null} if it comes next. */
  public boolean tryNull() throws JsonException {
    if (token() != 'n') {
      return false;
    }
    literal("null");
    return true;
  }

  /** Whether an array comes next; nothing is consumed. */
  public boolean beginsArray() throws JsonException {
    return token() == '[';
  }

  /** Enters the object that must come next. */
  public void beginObject() throws JsonException {
    open('{', "an object");
  }

  /** Enters the array that must come next. */
  public void beginArray() throws JsonException {
    open('[', "an array");
  }

  /**
   * Moves to the next member of the object that was entered last; its value comes next. Leaves the
   * object if there is none.
   */
  public boolean nextMember() throws JsonException {
    if (!nextItem('}', "a comma or the end of the object")) {
      return false;
    }
    name();
    return true;
  }

  /** Moves to the next element of the array that was entered last; leaves the array at its end. */
  public boolean nextElement() throws JsonException {
    return nextItem(']', "a comma or the end of the array");
  }

  /**
   * Which of the known names the member just entered has, or -1. To be asked before its value is
   * read.
   */
  public int nameIndex(NameTable names) {
    if (plain) {
      int index = names.find(text, bodyStart, bodyEnd - bodyStart);
      if (index >= 0) {
        return index;
      }
    }
    return names.findFolded(nameText());
  }

  /** The name of the member just entered. To be asked before its value is read. */
  public String nameText() {
    return body();
  }

  /** The string that must come next. */
  public String readString() throws JsonException {
    string("a string");
    return body();
  }

  /** The string that must come next, refused unless it is Unicode throughout. */
  public String readUnicode() throws JsonException {
    string("a string");
    return nameUnicode();
  }

  /** The name of the member just entered, refused unless it is Unicode throughout. */
  public String nameUnicode() throws JsonException {
    if (!plain && !JsonText.isUnicode(text, bodyStart, bodyEnd)) {
      throw error("expected Unicode characters");
    }
    return body();
  }

  /**
   * The octets that must come next: padded base64, or an array of numbers from 0 to 255, where a
   * null stands for what the earlier octets had at its place, else for 0.
   */
  public byte[] readOctets(byte[] earlier) throws JsonException {
    if (token() == '[') {
      return octetArray(earlier);
    }
    int from = pos;
    byte[] last = lastOctets();
    if (last != null) {
      return last;
    }
    string("base64 text");
    byte[] octets =
        plain
            ? StrictBase64.decode(text, bodyStart, bodyEnd - bodyStart)
            : StrictBase64.decodeIgnoringNewlines(body());
    if (octets == null) {
      throw new JsonException("expected padded base64", from - start);
    }
    return octets;
  }

  /**
   * The octets that come next if they are long and, as payloads are, the last thing in the text;
   * else null, and nothing is consumed. What decodes as base64 holds no quote, so that looking for
   * the closing one, which costs more than decoding, can be left out.
   */
  private byte @Nullable [] lastOctets() {
    int body = pos + 1;
    int bodyLength = end - 2 - body;
    if (mayGuess
        && bodyLength >= LONG_OCTETS
        && text[pos] == '"'
        && text[end - 2] == '"'
        && text[end - 1] == '}'
        && JsonScan.plainEnd(text, body, body + LONG_OCTETS) == body + LONG_OCTETS) {
      // Once only: a text of many long strings must not be decoded to its end for each of them.
      mayGuess = false;
      byte[] octets = StrictBase64.decode(text, body, bodyLength);
      if (octets != null) {
        pos = end - 1;
      }
      return octets;
    }
    return null;
  }

  /** The whole number that must come next. */
  public long readLong() throws JsonException {
    String number = wholeNumber();
    try {
      return Long.parseLong(number);
    } catch (NumberFormatException e) {
      throw error("expected an integer of 64 bits, found " + shortened(number));
    }
  }

  /** The whole number that must come next, of 64 bits without a sign. */
  public long readUnsignedLong() throws JsonException {
    String number = wholeNumber();
    try {
      if (number.charAt(0) != '-') {
        return Long.parseUnsignedLong(number);
      }
    } catch (NumberFormatException e) {
      // Out of range: refused below, together with negative ones.
    }
    throw error("expected an integer of 64 bits without sign, found " + shortened(number));
  }

  /** The number that must come next; finite. */
  public double readDouble() throws JsonException {
    String number = number("a number");
    double value = Double.parseDouble(number);
    if (Double.isInfinite(value)) {
      throw error("expected a finite number, found " + shortened(number));
    }
    return value;
  }

  /** The truth value that must come next. */
  public boolean readBoolean() throws JsonException {
    byte first = token();
    if (first != 't' && first != 'f') {
      throw expected("true or false");
    }
    literal(first == 't' ? "true" : "false");
    return first == 't';
  }

  /** The list of strings that must come next; see {@link #readList}. */
  public List<String> readStrings(List<String> earlier) throws JsonException {
    return readList(earlier, "", (reader, kept) -> reader.readString());
  }

  /**
   * The list that must come next. A null element stands for what the earlier list had at its place,
   * else for the empty element, and other elements are read over that: so the native merges a
   * repeated list.
   */
  public <T> List<T> readList(List<T> earlier, T empty, ElementReader<T> element)
      throws JsonException {
    List<T> list = new ArrayList<>();
    beginArray();
    while (nextElement()) {
      int index = list.size();
      T kept = index < earlier.size() ? earlier.get(index) : empty;
      list.add(tryNull() ? kept : element.read(this, kept));
    }
    return list;
  }

  /** Reads one element of a list. */
  @FunctionalInterface
  public interface ElementReader<T> {
    /** Reads the element that comes next, which is not null, over what stood at its place. */
    T read(JsonReader reader, T kept) throws JsonException;
  }

  /** Moves over the value that comes next, whatever it is. */
  public void skipValue() throws JsonException {
    int base = depth;
    BitSet objects = new BitSet();
    do {
      switch (token()) {
        case '{' -> {
          beginObject();
          objects.set(depth);
        }
        case '[' -> {
          beginArray();
          objects.clear(depth);
        }
        default -> skipScalar();
      }
      while (depth > base && !(objects.get(depth) ? nextMember() : nextElement())) {
        // A container ended; the one around it goes on.
      }
    } while (depth > base);
  }

  /** Makes sure that nothing but white space is left. */
  public void end() throws JsonException {
    if (skipSpace() != end) {
      throw error("unexpected text behind the value");
    }
  }

  private void skipScalar() throws JsonException {
    switch (token()) {
      case '"' -> string("a string");
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> number("a value");
    }
  }

  private void open(char bracket, String what) throws JsonException {
    if (token() != bracket) {
      throw expected(what);
    }
    if (++depth > MAX_DEPTH) {
      throw error("nested deeper than " + MAX_DEPTH);
    }
    pos++;
    fresh = true;
  }

  private boolean nextItem(char closing, String what) throws JsonException {
    byte next = token();
    boolean first = fresh;
    fresh = false;
    if (next == closing) {
      pos++;
      depth--;
      return false;
    }
    if (!first) {
      if (next != ',') {
        throw expected(what);
      }
      pos++;
    }
    return true;
  }

  private void name() throws JsonException {
    string("a member name");
    if (token() != ':') {
      throw expected("a colon");
    }
    pos++;
  }

  private byte[] octetArray(byte[] earlier) throws JsonException {
    byte[] octets = new byte[16];
    int count = 0;
    beginArray();
    while (nextElement()) {
      int kept = count < earlier.length ? earlier[count] & 0xff : 0;
      long value = tryNull() ? kept : readUnsignedLong();
      if (Long.compareUnsigned(value, 255) > 0) {
        throw error("expected an octet, found " + Long.toUnsignedString(value));
      }
      if (count == octets.length) {
        octets = Arrays.copyOf(octets, 2 * count);
      }
      octets[count++] = (byte) value;
    }
    return Arrays.copyOf(octets, count);
  }
}
