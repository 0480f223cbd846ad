// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.routes;

import io.lichen.gateway.http.HttpException;
import io.lichen.gateway.http.Request;

/** Parameters of a query, checked. */
public final class Query {
  private Query() {}

  /**
   * A whole number.
   *
   * @param otherwise what it is where it is missing
   * @throws HttpException 400 if it is none, or out of range
   */
  public static long number(Request request, String name, long otherwise, long min, long max) {
    String text = request.query(name);
    if (text == null) {
      return otherwise;
    }
    try {
      long value = Long.parseLong(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // The same answer as for one out of range.
    }
    throw new HttpException(
        400, "invalid_query", name + " is '" + text + "', must be in " + min + ".." + max);
  }
}
