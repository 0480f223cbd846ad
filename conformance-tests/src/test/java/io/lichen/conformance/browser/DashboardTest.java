// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two nodes, each shown by a browser. Pictures are kept in {@code target/dashboard}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit calls openPages first.
class DashboardTest {
  private static final String ROW =
      "[...document.querySelectorAll('#message-stream .row')].some(r => r.textContent.includes(arguments[0]))";

  private ChromeDriver driver;
  private TwoNodes nodes;
  private Browser here;
  private Browser there;

  @BeforeAll
  void openPages() throws IOException {
    driver = ChromeDriver.start(DashboardTest.class);
    nodes = new TwoNodes();
    here = open(nodes.pageA());
    there = open(nodes.pageB());
  }

  @AfterAll
  void close() {
    if (driver != null) {
      here.close();
      there.close();
      nodes.close();
      driver.close();
    }
  }

  @AfterEach
  void shouldLeaveNoErrorInTheConsole() {
    assertEquals(List.of(), here.console());
    assertEquals(List.of(), there.console());
  }

  @Test
  void shouldShowAMessageOfOnePageInTheOtherWithinASecond() {
    String text = "hello from the other page";
    watchFor(there, text);
    here.run("document.getElementById('publish-channel').value = ''");
    here.type("#publish-channel", TwoNodes.CHANNEL);
    here.type("#publish-data", text);
    here.run("addEventListener('submit', () => (window.sentMs = Date.now()), true)");
    here.click("#publish button.strong");

    there.await("the message is there", "window.seenMs");
    long sentMs = here.run("return window.sentMs").longValue();
    long seenMs = there.run("return window.seenMs").longValue();
    System.out.println("dashboard: from one page to the other in " + (seenMs - sentMs) + " ms");
    assertTrue(seenMs - sentMs <= 1000, "it took " + (seenMs - sentMs) + " ms");
    here.await("the own copy", ROW, text);
    awaitPublished(here);
  }

  @Test
  void shouldShowBothNodesInTheGraph() {
    assertShows(here, nodes.a.id().hex(), nodes.b.id().hex());
    assertShows(there, nodes.b.id().hex(), nodes.a.id().hex());
  }

  @Test
  void shouldShowJsonAndHexAndFilterThem() {
    nodes.b.publish(TwoNodes.CHANNEL, "{\"moss\":[1,2]}".getBytes(UTF_8));
    nodes.b.publish(TwoNodes.CHANNEL, new byte[] {0, 1, (byte) 0xff});
    here.await("bytes in hex", ROW, "00 01 ff");
    here.type("#messages-filter", "moss");
    here.await("only what matches", "!" + ROW, "00 01 ff");

    here.run("[...document.querySelectorAll('#message-stream .line')].pop().click()");
    assertEquals("{\n  \"moss\": [\n    1,\n    2\n  ]\n}", here.text("#message-stream pre"));
    here.click("label[for=messages-form-hex]");
    here.run("[...document.querySelectorAll('#message-stream .line')].pop().click()");
    assertTrue(here.text("#message-stream pre").startsWith("000000  7b 22 6d 6f 73 73"));

    here.click("label[for=messages-form-auto]");
    here.run(
        "const f = document.getElementById('messages-filter'); f.value = ''; f.dispatchEvent(new Event('input'))");
    here.run("document.querySelector('#message-tools button[aria-pressed=true]').click()");
  }

  @Test
  void shouldAskNobodyElse() {
    String origin = nodes.pageA().resolve("/").toString();
    List<String> loaded =
        here.run("return performance.getEntriesByType('resource').map(entry => entry.name)")
            .valueStream()
            .map(JsonNode::textValue)
            .toList();
    assertEquals(List.of(), loaded.stream().filter(name -> !name.startsWith(origin)).toList());
    String failure =
        here.runAsync(
                "fetch('http://192.0.2.1/').then(() => done('it could'), (e) => done(e.name))")
            .textValue();
    assertEquals("TypeError", failure, "the policy of the page refuses requests to others");
    assertTrue(here.console().stream().allMatch(line -> line.contains("Content Security Policy")));
  }

  @Test
  void shouldBeUsableWithAKeyboardAlone() {
    here.run("document.activeElement.blur(); getSelection().removeAllRanges(); scrollTo(0, 0)");
    here.goTo(nodes.pageA());
    awaitLive(here);
    here.press(List.of(), Browser.TAB);
    assertEquals(
        "Skip to the messages", here.run("return document.activeElement.textContent").textValue());
    here.press(List.of(), Browser.ENTER);
    tabTo(here, "publish-data");
    here.press(List.of(), "k", "e", "y", "s");
    here.press(List.of(Browser.CONTROL), Browser.ENTER);
    there.await("what was typed", ROW, "keys");
    here.await("the own copy", ROW, "keys");
    // The box takes the focus once more when it hears that it has published.
    awaitPublished(here);
    here.run("document.getElementById('message-stream').focus()");
    here.press(List.of(), Browser.ARROW_UP, Browser.ENTER);
    here.await("an open row", "document.querySelector('#message-stream .row.open pre')");
    assertTrue(
        here.run("return getComputedStyle(document.activeElement).outlineStyle !== 'none'")
            .booleanValue(),
        "the focus can be seen");
    here.press(List.of(), Browser.ENTER);
    here.run("document.querySelector('#message-tools button[aria-pressed=true]').click()");
  }

  @Test
  void shouldBeAccessibleInBothThemesAndOnAPhone() throws IOException {
    for (String theme : List.of("light", "dark")) {
      there.theme(theme);
      Axe.check(there, theme);
      there.picture("page-" + theme);
    }
    there.resize(390, 844, true);
    try {
      Axe.check(there, "phone");
      int width = there.run("return document.documentElement.scrollWidth").intValue();
      assertTrue(width <= 390, "nothing is wider than a phone, but the page is " + width);
      there.picture("phone-dark");
    } finally {
      there.resize(1440, 1000, false);
    }
  }

  private Browser open(URI page) {
    Browser browser = driver.open();
    browser.resize(1440, 1000, false);
    browser.goTo(page);
    awaitLive(browser);
    return browser;
  }

  private static void awaitLive(Browser browser) {
    browser.await("live", "document.getElementById('link-state').dataset.state === 'live'");
    browser.await("a channel", "document.querySelector('[data-channel=\"talk\"]')");
    browser.await("a peer", "document.querySelector('#graph .peer')");
  }

  /** A page hears of it after the own copy may have come. */
  private static void awaitPublished(Browser browser) {
    browser.await(
        "the box says so",
        "document.getElementById('publish-says').textContent.startsWith('published at')");
  }

  private static void assertShows(Browser browser, String own, String peer) {
    assertEquals(
        own, browser.run("return document.querySelector('#own button').title").textValue());
    assertTrue(
        browser.run("return Boolean(document.querySelector('#graph .self'))").booleanValue());
    String drawn =
        browser.run("return document.querySelector('#graph .peer').dataset.peer").textValue();
    assertEquals(peer, drawn);
    assertEquals("One peer, direct.", browser.text("#graph-says"));
    assertTrue(browser.text("#peer-table").contains(peer.substring(0, 8)));
  }

  private static void watchFor(Browser browser, String text) {
    browser.run(
        """
        new MutationObserver(() => {
          if (!window.seenMs && document.getElementById('message-stream').textContent.includes('%s')) {
            window.seenMs = Date.now();
          }
        }).observe(document.getElementById('message-stream'), { childList: true, subtree: true, characterData: true });
        """
            .formatted(text));
  }

  private static void tabTo(Browser browser, String id) {
    for (int i = 0; i < 40; i++) {
      if (browser.run("return document.activeElement.id").asText().equals(id)) {
        return;
      }
      browser.press(List.of(), Browser.TAB);
    }
    throw new AssertionError("40 times Tab do not lead to " + id);
  }
}
