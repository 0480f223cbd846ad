// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.conformance.Skip;
import io.lichen.gateway.api.Gateway;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the dashboard does when not all is well. */
@SuppressWarnings("NullAway.Init") // JUnit calls open first.
class DashboardMishapsTest {
  private static final boolean IS_FULL = "full".equals(System.getProperty("lichen.suite"));
  private static final String STATE = "document.getElementById('link-state').dataset.state";
  private static final int FLOOD = 5000;
  private static final int FLOOD_A_SECOND = 1000;

  private ChromeDriver driver;
  private TwoNodes nodes;
  private Browser browser;

  @BeforeEach
  void open() throws IOException {
    driver = ChromeDriver.start(DashboardMishapsTest.class);
    nodes = new TwoNodes();
    browser = driver.open();
    browser.resize(1440, 1000, false);
  }

  @AfterEach
  void close() {
    if (driver != null) {
      browser.close();
      nodes.close();
      driver.close();
    }
  }

  @Test
  void shouldAskForTheTokenAndKeepItForTheTabAlone() throws IOException {
    try (Gateway gateway = TwoNodes.gateway(nodes.a, 0, builder -> builder.token("sesame"))) {
      browser.goTo(TwoNodes.page(gateway));
      browser.await("a question", "document.getElementById('token-dialog').open");
      Axe.check(browser, "the question for the token");
      browser.picture("token");
      browser.press(List.of(), "n", "o", Browser.ENTER);
      browser.await("asked again", "document.getElementById('token-says').textContent");
      browser.type("#token", "sesame" + Browser.ENTER);
      browser.await("live", STATE + " === 'live'");
      browser.await("a channel", "document.querySelector('[data-channel]')");

      browser.goTo(TwoNodes.page(gateway));
      browser.await("live without a question", STATE + " === 'live'");
      assertEquals(0, browser.run("return localStorage.length").intValue());
      browser.await("a way to forget it", "!document.getElementById('forget').hidden");
      browser.click("#forget");
      browser.await("a question", "document.getElementById('token-dialog').open");
    }
  }

  @Test
  void shouldSayThatTheNodeIsGoneAndComeBackByItself() {
    Skip.unless(IS_FULL, DashboardMishapsTest.class, "a reconnect: full suite only");
    Gateway first = TwoNodes.gateway(nodes.a, 0, builder -> builder);
    int port = first.address().getPort();
    browser.goTo(TwoNodes.page(first));
    browser.await("live", STATE + " === 'live'");
    first.close();
    browser.await("lost", STATE + " === 'lost'");
    browser.picture("lost");
    Gateway second = TwoNodes.gateway(nodes.a, port, builder -> builder);
    try (second) {
      browser.await("live again", STATE + " === 'live'");
      browser.await("a channel", "document.querySelector('[data-channel]')");
      nodes.b.publish(TwoNodes.CHANNEL, "after the break".getBytes(UTF_8));
      browser.await(
          "a message",
          "document.getElementById('message-stream').textContent.includes('after the break')");
    }
  }

  @Test
  void shouldStayQuickAtAThousandMessagesASecond() {
    Skip.unless(
        IS_FULL, DashboardMishapsTest.class, "5 s of 1000 messages a second: full suite only");
    browser.goTo(nodes.pageA());
    browser.await("a channel", "document.querySelector('[data-channel]')");
    browser.run(
        """
        window.frames = 0; window.worst = 0; let last = performance.now();
        const each = (now) => { frames++; worst = Math.max(worst, now - last); last = now; requestAnimationFrame(each); };
        requestAnimationFrame(each);
        """);
    long startNs = System.nanoTime();
    byte[] payload = "{\"sensor\":\"wall\",\"value\":42}".repeat(9).getBytes(UTF_8);
    for (int i = 0; i < FLOOD; i++) {
      LockSupport.parkNanos(
          startNs + i * TimeUnit.SECONDS.toNanos(1) / FLOOD_A_SECOND - System.nanoTime());
      nodes.b.publish(TwoNodes.CHANNEL, payload);
    }
    browser.await(
        "all of them",
        "document.getElementById('message-counts').textContent.includes('5,000 in all')");
    int frames = browser.run("return window.frames").intValue();
    int worstMs = browser.run("return window.worst").intValue();
    int rows =
        browser.run("return document.querySelectorAll('#message-stream .row').length").intValue();
    System.out.printf(
        "dashboard: %d frames in 5 s of 1000 messages/s, the longest %d ms%n", frames, worstMs);
    assertTrue(rows <= 200, "the page keeps " + rows + " rows");
    assertTrue(frames >= 25, "5 frames a second at least, even on a loaded machine: " + frames);
  }
}
