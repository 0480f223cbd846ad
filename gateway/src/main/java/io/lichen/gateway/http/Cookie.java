// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A cookie for a client to keep. Immutable: the {@code with} methods give another one.
 *
 * @param name a token as in RFC 9110 section 5.6.2
 * @param value semicolons and control characters are left out when it is sent
 * @param maxAge null for the browser's session; zero to delete it
 * @param sameSite {@link SameSite#NONE} makes it {@code secure}, as browsers refuse it otherwise
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
  private static final Pattern SEPARATORS = Pattern.compile("[\\p{Cntrl};]");

  /** Which requests from other sites a cookie goes with. */
  public enum SameSite {
    STRICT,
    LAX,
    NONE
  }

  /** Checks the name. */
  public Cookie {
    if (!Headers.isToken(name)) {
      throw new IllegalArgumentException("'" + name + "' can not be the name of a cookie");
    }
    secure |= sameSite == SameSite.NONE;
  }

  /** A cookie of the browser's session. */
  public static Cookie of(String name, String value) {
    return new Cookie(name, value, null, null, null, false, false, null);
  }

  /** Ends a cookie that was set without path and domain. */
  public static Cookie delete(String name) {
    return of(name, "").deleted();
  }

  /** Ends this cookie: browsers know it by its name, path and domain. */
  public Cookie deleted() {
    return new Cookie(name, "", Duration.ZERO, path, domain, secure, httpOnly, sameSite);
  }

  /** This cookie, kept for so long; in whole seconds. */
  public Cookie withMaxAge(Duration age) {
    return new Cookie(name, value, age, path, domain, secure, httpOnly, sameSite);
  }

  /** This cookie for paths at and below {@code path}. */
  public Cookie withPath(String other) {
    return new Cookie(name, value, maxAge, other, domain, secure, httpOnly, sameSite);
  }

  /** This cookie for a domain and those below it. */
  public Cookie withDomain(String other) {
    return new Cookie(name, value, maxAge, path, other, secure, httpOnly, sameSite);
  }

  /** This cookie over encrypted connections alone. */
  public Cookie withSecure() {
    return new Cookie(name, value, maxAge, path, domain, true, httpOnly, sameSite);
  }

  /** This cookie, out of the reach of scripts. */
  public Cookie withHttpOnly() {
    return new Cookie(name, value, maxAge, path, domain, secure, true, sameSite);
  }

  /** This cookie with requests from other sites or without. */
  public Cookie withSameSite(SameSite other) {
    return new Cookie(name, value, maxAge, path, domain, secure, httpOnly, other);
  }

  /** The value of the {@code Set-Cookie} field (RFC 6265 section 4.1). */
  public String toHeader() {
    StringBuilder text = new StringBuilder(name).append('=').append(clean(value));
    if (maxAge != null) {
      text.append("; Max-Age=").append(maxAge.toSeconds());
    }
    append(text, "Path", path);
    append(text, "Domain", domain);
    if (secure) {
      text.append("; Secure");
    }
    if (httpOnly) {
      text.append("; HttpOnly");
    }
    if (sameSite != null) {
      String name = sameSite.name();
      text.append("; SameSite=").append(name.charAt(0));
      text.append(name.substring(1).toLowerCase(Locale.ROOT));
    }
    return text.toString();
  }

  private static void append(StringBuilder text, String name, @Nullable String value) {
    if (value != null) {
      text.append("; ").append(name).append('=').append(clean(value));
    }
  }

  /** A value can add neither an attribute nor a header. */
  private static String clean(String value) {
    return SEPARATORS.matcher(value).replaceAll("");
  }
}
