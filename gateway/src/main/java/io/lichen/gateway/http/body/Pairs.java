// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.body;

import io.lichen.gateway.http.BodyException;
import io.lichen.gateway.http.route.Percent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names and values as queries and forms write them: {@code a=1&b=x+y&c}. */
public final class Pairs {
  private static final int MAX_FORM_PAIRS = 1000;

  private Pairs() {}

  /**
   * The pairs of a query: what has no name, or one that can not be decoded, is left out; a value
   * that can not be decoded is empty.
   */
  public static List<Map.Entry<String, String>> ofQuery(String query) {
    List<Map.Entry<String, String>> pairs = new ArrayList<>();
    for (String piece : query.split("&", -1)) {
      String name = name(piece);
      if (name != null && !name.isEmpty()) {
        String value = value(piece);
        pairs.add(Map.entry(name, value == null ? "" : value));
      }
    }
    return pairs;
  }

  /**
   * The pairs of a form.
   *
   * @throws BodyException when one can not be decoded, or there are more than 1 000
   */
  public static List<Map.Entry<String, String>> ofForm(String form) {
    List<Map.Entry<String, String>> pairs = new ArrayList<>();
    String[] pieces = form.split("&", MAX_FORM_PAIRS + 1);
    if (pieces.length > MAX_FORM_PAIRS) {
      throw BodyException.invalid("The form has more than " + MAX_FORM_PAIRS + " fields.");
    }
    for (String piece : pieces) {
      String name = name(piece);
      String value = value(piece);
      if (name == null || value == null) {
        throw BodyException.invalid("The form can not be decoded.");
      }
      if (!name.isEmpty()) {
        pairs.add(Map.entry(name, value));
      }
    }
    return pairs;
  }

  private static @Nullable String name(String piece) {
    int equals = piece.indexOf('=');
    return Percent.decodeForm(equals < 0 ? piece : piece.substring(0, equals));
  }

  private static @Nullable String value(String piece) {
    int equals = piece.indexOf('=');
    return equals < 0 ? "" : Percent.decodeForm(piece.substring(equals + 1));
  }
}
