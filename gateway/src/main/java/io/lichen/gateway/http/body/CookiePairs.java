// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.body;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cookies of a request. Every pair is one: what looks like an attribute is not. */
public final class CookiePairs {
  private CookiePairs() {}

  /**
   * Names and values of a {@code Cookie} field in their order. Of several with one name the first
   * counts, which is the one with the longest path (RFC 6265 section 5.4).
   */
  public static Map<String, String> parse(@Nullable String field) {
    Map<String, String> cookies = new LinkedHashMap<>();
    for (String piece : field == null ? new String[0] : field.split(";", -1)) {
      int equals = piece.indexOf('=');
      String name = (equals < 0 ? piece : piece.substring(0, equals)).strip();
      String value = equals < 0 ? "" : piece.substring(equals + 1).strip();
      if (!name.isEmpty()) {
        cookies.putIfAbsent(name, unquoted(value));
      }
    }
    return Collections.unmodifiableMap(cookies);
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
