// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.dial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lichen.transport.moss.Carrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PeerAddressTest {
  @Test
  void shouldReadHostsAndCarriers() {
    assertEquals(
        new PeerAddress(Carrier.TCP, "example.org", 41030), PeerAddress.parse("example.org:41030"));
    assertEquals(new PeerAddress(Carrier.TCP, "h", 1), PeerAddress.parse("tcp://h:1"));
    assertEquals(
        new PeerAddress(Carrier.UDP, "192.0.2.1", 65_535),
        PeerAddress.parse("udp://192.0.2.1:65535"));
    assertEquals(
        new PeerAddress(Carrier.TCP, "2001:db8::1", 9), PeerAddress.parse("[2001:db8::1]:9"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"h:1", "udp://h:1", "[2001:db8::1]:9", "udp://[::1]:9"})
  void shouldWriteWhatItReads(String text) {
    assertEquals(text, PeerAddress.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "h",
        "h:",
        ":1",
        "h:0",
        "h:65536",
        "h:-1",
        "h:+1",
        "h:1x",
        "h:99999999999",
        "::1:9",
        "2001:db8::1:9",
        "[]:9",
        "http://h:1",
        "udp://",
        "udp://:1"
      })
  void shouldRefuseWhatIsNoAddress(String text) {
    assertThrows(IllegalArgumentException.class, () -> PeerAddress.parse(text));
  }
}
