// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.tracker;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The query of a URL as octets and as text. A key's character is one octet. Stateless. */
final class QueryText {
  private static final String HEX = "0123456789ABCDEF";
  private static final String LITERAL = "-_.~";

  private QueryText() {}

  static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Reads {@code a=b&c=d}; keys may repeat, and keep the order of their values. */
  static SortedMap<String, List<byte[]>> parse(String query) {
    SortedMap<String, List<byte[]>> parameters = new TreeMap<>();
    for (String part : query.split("&", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      int equals = part.indexOf('=');
      String key = equals < 0 ? part : part.substring(0, equals);
      String value = equals < 0 ? "" : part.substring(equals + 1);
      parameters
          .computeIfAbsent(
              new String(decode(key), StandardCharsets.ISO_8859_1), k -> new ArrayList<>())
          .add(decode(value));
    }
    return parameters;
  }

  /** Writes them sorted by key, with upper-case escapes and a plus for a space. */
  static String encode(SortedMap<String, List<byte[]>> parameters) {
    StringBuilder query = new StringBuilder();
    parameters.forEach(
        (key, values) -> {
          for (byte[] value : values) {
            query.append(query.isEmpty() ? "" : "&");
            escape(octets(key), query);
            query.append('=');
            escape(value, query);
          }
        });
    return query.toString();
  }

  private static void escape(byte[] octets, StringBuilder out) {
    for (byte octet : octets) {
      char c = (char) (octet & 0xff);
      if (c < 128 && (Character.isLetterOrDigit(c) || LITERAL.indexOf(c) >= 0)) {
        out.append(c);
      } else if (c == ' ') {
        out.append('+');
      } else {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
  }

  /** Undoes escapes; what is no escape stands for itself. */
  private static byte[] decode(String text) {
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < raw.length; i++) {
      int high = raw[i] == '%' && i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
      int low = high >= 0 ? Character.digit(raw[i + 2], 16) : -1;
      if (low >= 0) {
        out.write(high << 4 | low);
        i += 2;
      } else {
        out.write(raw[i] == '+' ? ' ' : raw[i]);
      }
    }
    return out.toByteArray();
  }
}
