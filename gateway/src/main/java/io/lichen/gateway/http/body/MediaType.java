// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.body;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value with parameters: {@code text/plain; charset=utf-8}, {@code form-data; name="a"} (RFC 9110
 * section 5.6.6).
 *
 * @param value in lower case
 * @param params names in lower case; of several with one name the first counts
 */
public record MediaType(String value, Map<String, String> params) {
  /** Reads what a field says; what can not be understood is left out. */
  public static MediaType parse(@Nullable String field) {
    String text = field == null ? "" : field;
    int end = text.indexOf(';');
    String value = end < 0 ? text : text.substring(0, end);
    Map<String, String> params = new LinkedHashMap<>();
    for (int at = end; at >= 0 && at < text.length(); ) {
      at = param(text, at + 1, params);
    }
    return new MediaType(value.strip().toLowerCase(Locale.ROOT), Map.copyOf(params));
  }

  /** Reads one parameter; where the semicolon behind it stands, or the end. */
  private static int param(String text, int from, Map<String, String> params) {
    int equals = text.indexOf('=', from);
    int next = endOf(text, from);
    if (equals < 0 || equals > next) {
      return next;
    }
    String name = text.substring(from, equals).strip().toLowerCase(Locale.ROOT);
    String value = text.substring(equals + 1, next).strip();
    params.putIfAbsent(name, value.startsWith("\"") ? unquoted(value) : value);
    return next;
  }

  /** Where a parameter ends: the next semicolon that is not inside of quotes. */
  private static int endOf(String text, int from) {
    boolean quoted = false;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted) {
        i++;
      } else if (c == ';' && !quoted) {
        return i;
      }
    }
    return text.length();
  }

  private static String unquoted(String value) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < value.length() && value.charAt(i) != '"'; i++) {
      if (value.charAt(i) == '\\' && i + 1 < value.length()) {
        i++;
      }
      text.append(value.charAt(i));
    }
    return text.toString();
  }
}
