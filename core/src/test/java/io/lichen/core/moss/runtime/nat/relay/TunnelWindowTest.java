// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Marks of sealed messages, and what tells copies from messages. */
class TunnelWindowTest {
  private static final String EPOCH = "0123456789abcdef";

  private final TunnelWindow window = new TunnelWindow();

  @Test
  void shouldTakeEachNumberOnceAndNoneFarBehind() {
    assertTrue(window.takeNumber(0));
    assertFalse(window.takeNumber(0));
    assertTrue(window.takeNumber(63));
    assertTrue(window.takeNumber(1), "62 behind");
    assertFalse(window.takeNumber(1));
    assertTrue(window.takeNumber(200));
    assertFalse(window.takeNumber(136), "64 behind");
    assertTrue(window.takeNumber(137));
    window.restart();
    assertTrue(window.takeNumber(0));
  }

  @Test
  void shouldRememberTheLatestNonces() {
    for (long i = 0; i < 2L * TunnelWindow.NONCES + 1; i++) {
      assertTrue(window.takeNonce(i));
    }
    assertFalse(window.takeNonce(TunnelWindow.NONCES + 1L), "of the older half");
    assertTrue(window.takeNonce(0), "forgotten");
  }

  @Test
  void shouldReadTheMarkThatItAppends() {
    TunnelMark mark = new TunnelMark(EPOCH, 42, "");
    byte[] marked = TunnelMark.append("{\"type\":\"ping\"}".getBytes(UTF_8), mark);
    assertEquals(
        "{\"type\":\"ping\",\"lichen_relay\":\"0123456789abcdef.42.\"}", new String(marked, UTF_8));
    assertEquals(mark, TunnelMark.read(marked));
    TunnelMark longest = new TunnelMark(EPOCH, 999_999_999_999_999_999L, EPOCH);
    byte[] all = TunnelMark.append("{\"type\":\"ping\"}".getBytes(UTF_8), longest);
    assertEquals(longest, TunnelMark.read(all));
    assertTrue(all.length - 15 <= TunnelMark.MAX_BYTES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"type\":\"ping\"}",
        "{\"type\":\"ping\",\"lichen_relay\":\"\"}",
        "{\"type\":\"ping\",\"lichen_relay\":\"0123456789abcdef.x.\"}",
        "{\"type\":\"ping\",\"lichen_relay\":\"0123456789abcdef.1.\"} ",
        "{\"channel\":\",\\\"lichen_relay\\\":\\\"0123456789abcdef.1.\"}",
      })
  void shouldSeeNoMarkWhereThereIsNone(String object) {
    assertNull(TunnelMark.read(object.getBytes(UTF_8)));
  }
}
