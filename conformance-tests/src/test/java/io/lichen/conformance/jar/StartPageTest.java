// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.jar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.conformance.Skip;
import io.lichen.transport.wait.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The five-minute start is walked through as it is written: each block of commands runs, those that
 * start a node stay, and what is said at one node, typed or by its gateway, comes out at the first.
 */
class StartPageTest {
  private static final Path PAGE = Path.of("..", "docs", "start.md");
  private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
  private static final String PORT = "41030";
  private static final String HTTP_PORT = "8080";
  private static final Pattern DASHBOARD = Pattern.compile("dashboard at (http://\\S+/)");
  private static final Pattern PART = Pattern.compile("(?:src|href)=\"(dashboard/[^\"]+)\"");

  private final List<Process> nodes = new ArrayList<>();
  private final List<BufferedReader> said = new ArrayList<>();

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path folder;

  @SuppressWarnings("NullAway.Init") // JUnit calls install first.
  private Installed lichen;

  @BeforeEach
  void install() throws IOException {
    lichen = Installed.in(folder, StartPageTest.class);
    Skip.unless(Files.isExecutable(Path.of("/usr/bin/curl")), StartPageTest.class, "no curl");
  }

  @AfterEach
  void stop() {
    nodes.forEach(Process::destroyForcibly);
  }

  @Test
  void shouldWorkAsItIsWritten() throws Exception {
    List<String> blocks = BLOCK.matcher(page()).results().map(block -> block.group(1)).toList();
    assertTrue(blocks.size() >= 4, blocks::toString);
    for (String block : blocks) {
      if (block.startsWith("./lichen node")) {
        start(block);
      } else if (block.startsWith("curl")) {
        // The node may not know yet who listens.
        Await.until(() -> run(block).contains("{\"channel\":\"talk\""));
        assertTrue(awaitLine(said.getFirst(), ": hello from a script").startsWith("[talk] "));
      } else {
        run(block);
      }
    }
    assertEquals(3, nodes.size());
    nodes.getLast().getOutputStream().write("hello\n".getBytes(UTF_8));
    nodes.getLast().getOutputStream().flush();
    assertTrue(awaitLine(said.getFirst(), ": hello").startsWith("[talk] "));
    for (Process node : nodes.reversed()) {
      node.getOutputStream().close();
      assertEquals(0, node.waitFor());
    }
  }

  private void start(String block) throws IOException {
    Process node = lichen.script(block).start();
    nodes.add(node);
    BufferedReader lines = node.inputReader(UTF_8);
    said.add(lines);
    awaitLine(lines, "listens on port");
    if (block.contains("--http")) {
      Matcher dashboard = DASHBOARD.matcher(awaitLine(lines, "dashboard at"));
      assertTrue(dashboard.find());
      look(URI.create(dashboard.group(1)));
    }
    if (block.contains("--peer")) {
      awaitLine(lines, "PEER_JOINED");
    }
  }

  /** The page and its parts, out of the jar. */
  private static void look(URI page) throws IOException {
    String html = read(page);
    assertTrue(html.contains("<h1"), html);
    List<String> parts = PART.matcher(html).results().map(part -> part.group(1)).toList();
    assertTrue(parts.size() > 2, parts::toString);
    for (String part : parts) {
      assertTrue(read(page.resolve(part)).length() > 100, part);
    }
  }

  private static String read(URI address) throws IOException {
    try (InputStream in = address.toURL().openStream()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private String run(String block) {
    try {
      Process process = lichen.script(block).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertEquals(0, process.waitFor(), () -> block + "\n" + output);
      return output;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(block, e);
    }
  }

  private static String page() throws IOException {
    return Files.readString(PAGE).replace(HTTP_PORT, freePort()).replace(PORT, freePort());
  }

  private static String awaitLine(BufferedReader said, String part) throws IOException {
    List<String> before = new ArrayList<>();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.contains(part)) {
        return line;
      }
      before.add(line);
    }
    throw new AssertionError("ended without '" + part + "': " + before);
  }

  /** Nodes listen with TCP and UDP, and this asks for TCP alone: it is nearly always free. */
  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return Integer.toString(socket.getLocalPort());
    }
  }
}
