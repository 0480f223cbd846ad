// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:80,127.0.0.1,80",
    ":0,'',0",
    "[::1]:65535,::1,65535",
    "a.example:7,a.example,7"
  })
  void shouldReadHostAndPort(String text, String host, int port) {
    HostPort parsed = HostPort.parse(text);
    assertEquals(new HostPort(host, port), parsed);
    assertEquals(text, String.valueOf(parsed));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "h",
        "h:",
        "h:x",
        "h:65536",
        "h:000080",
        "h:-1",
        "::1:80",
        "[h]:80",
        "[::1]",
        "h h:1",
        "h:٣"
      })
  void shouldRefuseEverythingElse(String text) {
    assertNull(HostPort.parse(text));
  }
}
