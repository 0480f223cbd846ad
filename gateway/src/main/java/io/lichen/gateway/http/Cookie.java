// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A cookie for a client to keep.
 *
 * @param maxAge null for the browser's session; zero to delete it
 * @param sameSite {@link SameSite#NONE} makes it {@code secure}
 */
public record Cookie(
    String name,
    String value,
    @Nullable Duration maxAge,
    @Nullable String path,
    @Nullable String domain,
    boolean secure,
    boolean httpOnly,
    @Nullable SameSite sameSite) {
  /** Which requests from other sites a cookie goes with. */
  public enum SameSite {
    STRICT,
    LAX,
    NONE
  }

  /** A cookie of the browser's session. */
  public static Cookie of(String name, String value) {
    return new Cookie(name, value, null, null, null, false, false, null);
  }
}
