// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.browser;

import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A browser with one page. For one thread. */
final class Browser implements AutoCloseable {
  /** The Tab key and others have code points of their own in this protocol. */
  static final String TAB = "\uE004";

  static final String ENTER = "\uE007";
  static final String CONTROL = "\uE009";
  static final String ARROW_UP = "\uE013";

  private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
  private static final Path PICTURES = Path.of("target", "dashboard");
  private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(30);
  private static final long LOOK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(40);

  private final ChromeDriver driver;
  private final String session;

  Browser(ChromeDriver driver, String session) {
    this.driver = driver;
    this.session = session;
  }

  Browser goTo(URI page) {
    post("/url", Map.of("url", page.toString()));
    return this;
  }

  /** What a JavaScript function's body returns. */
  JsonNode run(String script, Object... arguments) {
    return post("/execute/sync", Map.of("script", script, "args", List.of(arguments)));
  }

  /** What a JavaScript function's body gives to {@code done}. */
  JsonNode runAsync(String script) {
    String body = "const done = arguments[0];" + script;
    return post("/execute/async", Map.of("script", body, "args", List.of()));
  }

  /** Waits until an expression is true. */
  void await(String what, String expression, Object... arguments) {
    long startNs = System.nanoTime();
    while (!run("return Boolean(" + expression + ")", arguments).booleanValue()) {
      if (System.nanoTime() - startNs > LIMIT_NS) {
        picture("failed");
        fail("not so after 30 s: " + what + "; the console: " + console());
      }
      LockSupport.parkNanos(LOOK_AGAIN_NS);
    }
  }

  /** The text of the first element that a CSS selector finds. */
  String text(String selector) {
    return run("return document.querySelector(arguments[0])?.textContent ?? ''", selector)
        .textValue();
  }

  void click(String selector) {
    post("/element/" + find(selector) + "/click", Map.of());
  }

  /** Types into an element, as a person does, after what is in it. */
  void type(String selector, String keys) {
    post("/element/" + find(selector) + "/value", Map.of("text", keys));
  }

  /** Presses keys one after the other, wherever the focus is; those in {@code held} meanwhile. */
  void press(List<String> held, String... keys) {
    List<Map<String, String>> actions =
        Stream.of(
                held.stream().map(key -> Map.of("type", "keyDown", "value", key)),
                Stream.of(keys)
                    .flatMap(
                        key ->
                            Stream.of(
                                Map.of("type", "keyDown", "value", key),
                                Map.of("type", "keyUp", "value", key))),
                held.stream().map(key -> Map.of("type", "keyUp", "value", key)))
            .flatMap(each -> each)
            .toList();
    post(
        "/actions",
        Map.of("actions", List.of(Map.of("type", "key", "id", "keyboard", "actions", actions))));
  }

  /** A window of this size, and whether it is a phone's. */
  void resize(int width, int height, boolean isPhone) {
    devTools(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", isPhone));
  }

  /** What the system's theme is, {@code light} or {@code dark}. */
  void theme(String name) {
    Map<String, String> scheme = Map.of("name", "prefers-color-scheme", "value", name);
    devTools("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
  }

  JsonNode devTools(String command, Map<String, ?> parameters) {
    return post("/goog/cdp/execute", Map.of("cmd", command, "params", parameters));
  }

  /** Keeps what the window shows as {@code target/dashboard/NAME.png}. */
  void picture(String name) {
    byte[] png = Base64.getDecoder().decode(get("/screenshot").textValue());
    try {
      Files.createDirectories(PICTURES);
      Files.write(PICTURES.resolve(name + ".png"), png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Errors of the page and of what it loaded since this was asked last. */
  List<String> console() {
    JsonNode lines = post("/se/log", Map.of("type", "browser"));
    return StreamSupport.stream(lines.spliterator(), false)
        .filter(line -> line.path("level").asText().equals("SEVERE"))
        .map(line -> line.path("message").asText())
        .toList();
  }

  @Override
  public void close() {
    driver.call("DELETE", session, Map.of());
  }

  private String find(String selector) {
    Map<String, String> how = Map.of("using", "css selector", "value", selector);
    return post("/element", how).path(ELEMENT).asText();
  }

  private JsonNode post(String path, Map<String, ?> body) {
    return driver.call("POST", session + path, body);
  }

  private JsonNode get(String path) {
    return driver.call("GET", session + path, Map.of());
  }
}
