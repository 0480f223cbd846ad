// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lichen.gateway.http.Cookie.SameSite;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CookieTest {
  @Test
  void shouldWriteAttributesInTheirOrder() {
    Cookie cookie =
        Cookie.of("a", "1")
            .withSameSite(SameSite.STRICT)
            .withHttpOnly()
            .withSecure()
            .withDomain("x.org")
            .withPath("/p")
            .withMaxAge(Duration.ofMinutes(1));

    assertEquals(
        "a=1; Max-Age=60; Path=/p; Domain=x.org; Secure; HttpOnly; SameSite=Strict",
        cookie.toHeader());
    assertEquals("a=1", Cookie.of("a", "1").toHeader());
  }

  @Test
  void shouldBeSecureWhenItGoesEverywhere() {
    assertEquals(
        "a=1; Secure; SameSite=None", Cookie.of("a", "1").withSameSite(SameSite.NONE).toHeader());
  }

  @Test
  void shouldEndACookieWhereItWasSet() {
    assertEquals("a=; Max-Age=0", Cookie.delete("a").toHeader());
    Cookie set = Cookie.of("a", "1").withPath("/p").withDomain("x.org");
    assertEquals("a=; Max-Age=0; Path=/p; Domain=x.org", set.deleted().toHeader());
  }

  @Test
  void shouldNotLetAValueAddAnything() {
    Cookie cookie = Cookie.of("a", "1; Secure\r\nX: y\0").withPath("/;Domain=evil");

    assertEquals("a=1 SecureX: y; Path=/Domain=evil", cookie.toHeader());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a=", "a;", "a\r\n", "ä"})
  void shouldRefuseNamesThatAreNone(String name) {
    assertThrows(IllegalArgumentException.class, () -> Cookie.of(name, "1"));
  }
}
