// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How far ahead of a relay its ends may be. */
class RelayWindowTest {
  private static final long AGAIN_NS = RelayWindow.PING_AGAIN_NS;

  private final RelayWindow window = new RelayWindow(new Random(1));

  /** Sends as much as may be, and returns the pings that follow. */
  private List<String> fill() {
    List<String> pings = new ArrayList<>();
    while (!window.isFull()) {
      window.sent();
      String ping = window.pingDue(AGAIN_NS);
      if (ping != null) {
        pings.add(ping);
      }
    }
    return pings;
  }

  private int sendable() {
    int count = 0;
    for (; !window.isFull(); count++) {
      window.sent();
    }
    return count;
  }

  @Test
  void shouldOpenByWhatCameBeforeThePing() {
    List<String> pings = fill();
    assertEquals(RelayWindow.MESSAGES / RelayWindow.PING_EVERY, pings.size());
    window.answered(pings.get(1));
    assertEquals(2 * RelayWindow.PING_EVERY, sendable());
    window.answered(pings.get(0));
    window.answered(pings.get(1));
    assertTrue(window.isFull(), "what was known already");
  }

  @Test
  void shouldAskAgainWhereNoAnswerComes() {
    fill();
    assertNull(window.pingDue(2 * AGAIN_NS - 1));
    String again = window.pingDue(2 * AGAIN_NS);
    assertNotNull(again);
    assertNull(window.pingDue(2 * AGAIN_NS));
    window.answered(again);
    assertEquals(RelayWindow.MESSAGES, sendable(), "all that went before has been read");
  }

  @Test
  void shouldNotAskWhereNothingIsSent() {
    window.sent();
    assertNull(window.pingDue(100 * AGAIN_NS));
  }

  @Test
  void shouldBeginAnewWithAnotherSession() {
    List<String> pings = fill();
    window.restart();
    assertFalse(window.isFull());
    window.sent();
    window.answered(pings.getLast());
    assertEquals(RelayWindow.MESSAGES - 1, sendable(), "answers to the former tell nothing");
  }
}
