// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lichen.conformance.Skip;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Chromium's driver as a child process, spoken to by the W3C's WebDriver protocol. Closing it ends
 * the driver and every browser that it started.
 */
final class ChromeDriver implements AutoCloseable {
  private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<String> OPTIONS =
      List.of("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final Path chromium;
  private final URI base;

  private ChromeDriver(Process process, Path chromium, int port) {
    this.process = process;
    this.chromium = chromium;
    this.base = URI.create("http://127.0.0.1:" + port);
  }

  /** A driver that listens; the calling test is skipped on a machine without one. */
  static ChromeDriver start(Class<?> test) throws IOException {
    Optional<Path> driver = find("chromedriver");
    Optional<Path> chromium = find("chromium").or(() -> find("google-chrome"));
    Skip.unless(
        driver.isPresent() && chromium.isPresent(),
        test,
        "no chromium or no chromedriver on the path (Debian: chromium, chromium-driver)");
    Process process =
        new ProcessBuilder(driver.orElseThrow().toString(), "--port=0")
            .redirectErrorStream(true)
            .start();
    return new ChromeDriver(process, chromium.orElseThrow(), portOf(process));
  }

  /** A browser of its own, with a profile of its own. */
  Browser open() {
    Map<String, Object> chrome = Map.of("binary", chromium.toString(), "args", OPTIONS);
    Map<String, Object> wanted =
        Map.of(
            "browserName",
            "chrome",
            "goog:loggingPrefs",
            Map.of("browser", "ALL"),
            "goog:chromeOptions",
            chrome);
    JsonNode session =
        call("POST", "/session", Map.of("capabilities", Map.of("alwaysMatch", wanted)));
    return new Browser(this, "/session/" + session.path("sessionId").textValue());
  }

  /** What the driver answers to a command; fails with what it says is wrong. */
  JsonNode call(String method, String path, Map<String, ?> body) {
    try {
      HttpRequest.BodyPublisher content =
          method.equals("POST")
              ? HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body))
              : HttpRequest.BodyPublishers.noBody();
      HttpRequest request =
          HttpRequest.newBuilder(base.resolve(path))
              .method(method, content)
              .header("Content-Type", "application/json; charset=utf-8")
              .timeout(LIMIT)
              .build();
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      JsonNode value = json.readTree(response.body()).path("value");
      if (response.statusCode() != 200) {
        throw new AssertionError(path + ": " + value.path("message").asText());
      }
      return value;
    } catch (IOException e) {
      throw new AssertionError(path + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(path + ": interrupted", e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      process.onExit().get(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    http.close();
  }

  private static Optional<Path> find(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Reads on after the line that tells the port, so that the driver never waits to be read. */
  private static int portOf(Process process) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher started = STARTED.matcher(line);
      if (started.find()) {
        Thread.ofVirtual().start(() -> lines.lines().forEach(rest -> {}));
        return Integer.parseInt(started.group(1));
      }
    }
    throw new IOException("chromedriver ended before it listened");
  }
}
