// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EndpointTest {
  private static Endpoint endpoint(String text) {
    return Endpoint.parse(text).orElseThrow();
  }

  @Test
  void shouldWriteWhatItReads() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 10_000; i++) {
      byte[] record = new byte[random.nextBoolean() ? 6 : 18];
      random.nextBytes(record);
      Endpoint made = CompactPeers.decode(ByteBuffer.wrap(record), record.length - 2, 1).getFirst();
      assertEquals(Optional.of(made), Endpoint.parse(made.toString()), "seed " + seed);
    }
  }

  @Test
  void shouldTakeOneSpellingForAnother() {
    assertEquals(endpoint("1.2.3.4:5"), endpoint("[::ffff:1.2.3.4]:5"));
    assertEquals(endpoint("[2001:db8::1]:5"), endpoint("[2001:db8:0:0::1]:5"));
    assertEquals("1.2.3.4:5", endpoint("[::ffff:1.2.3.4]:5").toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        ":5",
        "1.2.3.4",
        "1.2.3.4:",
        "1.2.3.4:65536",
        "1.2.3.4:-1",
        "1.2.3.4:+5",
        "1.2.3:5",
        "1.2.3.4.5:5",
        "01.2.3.4:5",
        "1.2.3.256:5",
        "1:5",
        "host:5",
        "host.example:5",
        "relay:abcd",
        "::1:5",
        "[::1]",
        "[::1:5",
        "::1]:5",
        "[1.2.3.4]x:5",
        "[g::1]:5",
        "1.2.3.4:5 ",
        " 1.2.3.4:5",
        "1.2.3.4:٣",
        "1.2.3.4.:5"
      })
  void shouldNotTakeAnythingElseForAnEndpoint(String text) {
    assertEquals(Optional.empty(), Endpoint.parse(text));
  }

  @Test
  void shouldDialOneHostAtAPortOnly() {
    for (String good : List.of("127.0.0.1:1", "10.0.0.1:1", "8.8.8.8:65535", "[2001:db8::1]:1")) {
      assertTrue(endpoint(good).isDialable(), good);
    }
    for (String bad :
        List.of(
            "8.8.8.8:0",
            "0.0.0.0:1",
            "224.0.0.1:1",
            "255.255.255.255:1",
            "169.254.0.1:1",
            "[::]:1",
            "[ff02::1]:1")) {
      assertFalse(endpoint(bad).isDialable(), bad);
    }
  }

  @Test
  void shouldRefuseAPortThatIsNone() {
    InetAddress host = InetAddress.ofLiteral("1.2.3.4");
    assertThrows(IllegalArgumentException.class, () -> new Endpoint(host, -1));
    assertThrows(IllegalArgumentException.class, () -> new Endpoint(host, 65_536));
  }

  @Test
  void shouldStopReadingCompactPeersAtTheLimit() {
    ByteBuffer many = ByteBuffer.allocate(6 * 10 + 5);
    assertEquals(10, CompactPeers.decode(many.duplicate(), 4, 100).size());
    assertEquals(3, CompactPeers.decode(many.duplicate(), 4, 3).size());
  }
}
