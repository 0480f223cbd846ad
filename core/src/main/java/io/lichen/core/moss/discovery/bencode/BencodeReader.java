// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.bencode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one value (docs/wire/moss-discovery.md, "Bencode"). Keys need not be sorted, as nobody
 * insists on it, but must not repeat; numbers and lengths have one spelling only. Depth and number
 * of values are limited, so that the work is linear in the length of the input.
 */
public final class BencodeReader {
  /** How deep values may be nested. */
  public static final int MAX_DEPTH = 16;

  /** How many values one input may hold. */
  public static final int MAX_VALUES = 8192;

  private static final int MAX_DIGITS = 19;

  private final byte[] input;
  private int pos;
  private int values;

  private BencodeReader(byte[] input) {
    this.input = input;
  }

  /** The value with which the input begins; some trackers put a line end behind it. */
  public static Bencode readFirst(byte[] input) throws BencodeException {
    return new BencodeReader(input).value(0);
  }

  private Bencode value(int depth) throws BencodeException {
    if (depth >= MAX_DEPTH || ++values > MAX_VALUES) {
      throw bad("more than " + MAX_DEPTH + " levels or " + MAX_VALUES + " values");
    }
    return switch (peek()) {
      case 'd' -> dictionary(depth);
      case 'l' -> items(depth);
      case 'i' -> number();
      default -> new Bencode.Octets(octets());
    };
  }

  private Bencode dictionary(int depth) throws BencodeException {
    pos++;
    Map<String, Bencode> members = new LinkedHashMap<>();
    while (peek() != 'e') {
      String key = new String(octets(), StandardCharsets.ISO_8859_1);
      if (members.put(key, value(depth + 1)) != null) {
        throw bad("a key that stands twice");
      }
    }
    pos++;
    return new Bencode.Dictionary(members);
  }

  private Bencode items(int depth) throws BencodeException {
    pos++;
    List<Bencode> items = new ArrayList<>();
    while (peek() != 'e') {
      items.add(value(depth + 1));
    }
    pos++;
    return new Bencode.Items(items);
  }

  private Bencode number() throws BencodeException {
    pos++;
    boolean negative = peek() == '-';
    if (negative) {
      pos++;
    }
    long magnitude = digits('e');
    if (negative && magnitude == 0) {
      throw bad("expected a number other than -0");
    }
    return new Bencode.Whole(negative ? -magnitude : magnitude);
  }

  private byte[] octets() throws BencodeException {
    long length = digits(':');
    if (length > input.length - pos) {
      throw bad("a length of " + length + " where " + (input.length - pos) + " octets are left");
    }
    int start = pos;
    pos += (int) length;
    return Arrays.copyOfRange(input, start, pos);
  }

  /** Decimal digits without needless zeros up to this terminator, which is consumed. */
  private long digits(char terminator) throws BencodeException {
    int start = pos;
    long value = 0;
    while (peek() != terminator) {
      int digit = input[pos] - '0';
      boolean zeroFirst = pos > start && input[start] == '0';
      if (digit < 0 || digit > 9 || zeroFirst || pos - start >= MAX_DIGITS) {
        throw bad("expected a number of at most " + MAX_DIGITS + " digits");
      }
      value = value * 10 + digit;
      pos++;
    }
    if (pos == start || value < 0) {
      throw bad("expected a number of 64 bits");
    }
    pos++;
    return value;
  }

  private byte peek() throws BencodeException {
    if (pos >= input.length) {
      throw bad("the input ends within a value");
    }
    return input[pos];
  }

  private BencodeException bad(String reason) {
    return new BencodeException(reason, pos);
  }
}
