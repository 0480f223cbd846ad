// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import io.lichen.gateway.http.Cookie;
import io.lichen.gateway.http.Cookie.SameSite;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The line that sets a cookie (RFC 6265 section 4.1). */
final class SetCookie {
  private SetCookie() {}

  static String line(Cookie cookie) {
    StringBuilder line = new StringBuilder(clean(cookie.name()) + "=" + clean(cookie.value()));
    if (cookie.maxAge() != null) {
      line.append("; Max-Age=").append(cookie.maxAge().toSeconds());
    }
    attribute(line, "Path", cookie.path());
    attribute(line, "Domain", cookie.domain());
    // Browsers take no cookie for all sites that is not secure.
    if (cookie.secure() || cookie.sameSite() == SameSite.NONE) {
      line.append("; Secure");
    }
    if (cookie.httpOnly()) {
      line.append("; HttpOnly");
    }
    if (cookie.sameSite() != null) {
      line.append("; SameSite=").append(capitalized(cookie.sameSite().name()));
    }
    return line.toString();
  }

  private static void attribute(StringBuilder line, String name, @Nullable String value) {
    if (value != null) {
      line.append("; ").append(name).append('=').append(clean(value));
    }
  }

  /** A value can not add an attribute, nor a header. */
  private static String clean(String text) {
    return text.replaceAll("[\\p{Cntrl};]", "");
  }

  private static String capitalized(String name) {
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }
}
