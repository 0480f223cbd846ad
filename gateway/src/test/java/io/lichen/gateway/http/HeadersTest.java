// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {
  @Test
  void shouldFindFieldsInAnyCaseAndKeepTheirOrder() {
    Headers headers = Headers.none().add("A", "1").add("B", "2: 3").add("a", "4");

    assertEquals("1, 4", headers.get("a"));
    assertEquals("4", headers.last("A"));
    assertEquals(List.of("1", "4"), headers.all("A"));
    assertEquals("2: 3", headers.get("b"));
    assertNull(headers.get("C"));
    assertNull(headers.last("C"));
    List<String> seen = new ArrayList<>();
    headers.forEach((name, value) -> seen.add(name + "=" + value));
    assertEquals(List.of("A=1", "B=2: 3", "a=4"), seen);
  }

  @Test
  void shouldReplaceAndRemoveEveryFieldOfAName() {
    Headers headers = Headers.none().add("A", "1").add("a", "2").add("B", "3");

    assertEquals(List.of("4"), headers.set("a", "4").all("A"));
    assertEquals(Headers.none().add("B", "3"), headers.remove("A"));
    assertTrue(headers.has("A"));
    assertFalse(headers.remove("a").has("A"));
  }

  @Test
  void shouldJoinCookiesBySemicolons() {
    assertEquals(
        "a=1; b=2", Headers.none().add("Cookie", "a=1").add("cookie", "b=2").get("Cookie"));
  }

  @Test
  void shouldNotLetAValueAddAField() {
    Headers headers = Headers.none().add("A", "1\r\nB: 2\0\u007f\t3").set("C", "\n4");

    assertEquals("1B: 2\t3", headers.get("A"));
    assertEquals("4", headers.get("C"));
    assertEquals("5", Headers.of(List.of(Map.entry("A", "\r5"))).get("A"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:", "a\r\n", "ä", "a\0", "(a)"})
  void shouldDropFieldsWithoutAProperName(String name) {
    assertEquals(Headers.none(), Headers.none().add(name, "1"));
    assertEquals(Headers.none(), Headers.none().set(name, "1"));
    assertEquals(Headers.none(), Headers.of(List.of(Map.entry(name, "1"))));
  }

  @Test
  void shouldFindTokensInLists() {
    Headers headers =
        Headers.none().add("Connection", "keep-alive, Upgrade").add("connection", "x");

    assertTrue(headers.hasToken("connection", "upgrade"));
    assertTrue(headers.hasToken("Connection", "X"));
    assertFalse(headers.hasToken("Connection", "up"));
  }
}
