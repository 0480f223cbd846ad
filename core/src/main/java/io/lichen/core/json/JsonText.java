// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.json;

/**
 * The characters of a JSON string body whose escapes have been checked.
 *
 * <p>What is not Unicode is replaced the way the native does it: one U+FFFD for each octet that is
 * not part of a whole UTF-8 sequence, one for each surrogate escape without a partner
 * (docs/wire/moss-envelope.md, "What a receiver accepts").
 */
final class JsonText {
  private static final char REPLACEMENT = '\ufffd';

  private JsonText() {}

  /** The text of the body in {@code [from, end)}. */
  static String unescape(byte[] text, int from, int end) {
    StringBuilder out = new StringBuilder(end - from);
    int p = from;
    while (p < end) {
      byte c = text[p];
      if (c == '\\') {
        p = appendEscape(text, p, end, out);
      } else if (c >= 0) {
        out.append((char) c);
        p++;
      } else {
        p = appendSequence(text, p, end, out);
      }
    }
    return out.toString();
  }

  /**
   * Whether nothing in the body in {@code [from, end)} would have to be replaced: unescaping is
   * compared with what stands there, where only U+FFFD can come from either.
   */
  static boolean isUnicode(byte[] text, int from, int end) {
    int given = 0;
    int p = from;
    while (p < end) {
      byte c = text[p];
      if (c == '\\') {
        boolean hex = text[p + 1] == 'u';
        given += hex && JsonScan.hex4(text, p + 2) == REPLACEMENT ? 1 : 0;
        p += hex ? 6 : 2;
      } else {
        given += isReplacement(text, p, end) ? 1 : 0;
        p++;
      }
    }
    return unescape(text, from, end).chars().filter(c -> c == REPLACEMENT).count() == given;
  }

  private static boolean isReplacement(byte[] text, int at, int end) {
    return at + 3 <= end
        && text[at] == (byte) 0xef
        && text[at + 1] == (byte) 0xbf
        && text[at + 2] == (byte) 0xbd;
  }

  private static int appendEscape(byte[] text, int at, int end, StringBuilder out) {
    byte kind = text[at + 1];
    if (kind != 'u') {
      out.append(shortEscape(kind));
      return at + 2;
    }
    char first = (char) JsonScan.hex4(text, at + 2);
    if (!Character.isSurrogate(first)) {
      out.append(first);
      return at + 6;
    }
    int next = at + 6;
    if (Character.isHighSurrogate(first)
        && next + 6 <= end
        && text[next] == '\\'
        && text[next + 1] == 'u') {
      char second = (char) JsonScan.hex4(text, next + 2);
      if (Character.isLowSurrogate(second)) {
        out.append(first).append(second);
        return next + 6;
      }
    }
    out.append(REPLACEMENT);
    return next;
  }

  private static char shortEscape(byte kind) {
    return switch (kind) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> (char) kind;
    };
  }

  private static int appendSequence(byte[] text, int at, int end, StringBuilder out) {
    int lead = text[at] & 0xff;
    int length = sequenceLength(lead);
    if (length == 0 || at + length > end) {
      out.append(REPLACEMENT);
      return at + 1;
    }
    int codePoint = lead & (0x7f >> length);
    for (int i = 1; i < length; i++) {
      if ((text[at + i] & 0xc0) != 0x80) {
        out.append(REPLACEMENT);
        return at + 1;
      }
      codePoint = codePoint << 6 | (text[at + i] & 0x3f);
    }
    if (!isShortestForm(codePoint, length)) {
      out.append(REPLACEMENT);
      return at + 1;
    }
    out.appendCodePoint(codePoint);
    return at + length;
  }

  private static int sequenceLength(int lead) {
    if (lead < 0xc2 || lead > 0xf4) {
      return 0;
    }
    return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  }

  private static boolean isShortestForm(int codePoint, int length) {
    return switch (length) {
      case 2 -> true;
      case 3 -> codePoint >= 0x800 && (codePoint < 0xd800 || codePoint > 0xdfff);
      default -> codePoint >= 0x10000 && codePoint <= Character.MAX_CODE_POINT;
    };
  }
}
