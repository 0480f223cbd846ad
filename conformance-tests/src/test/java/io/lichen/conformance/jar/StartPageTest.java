// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.jar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The five-minute start is walked through as it is written: each block of commands runs, those that
 * start a node stay, and what is typed at the last node comes out at the first.
 */
class StartPageTest {
  private static final Path PAGE = Path.of("..", "docs", "start.md");
  private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
  private static final String PORT = "41030";

  private final List<Process> nodes = new ArrayList<>();

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path folder;

  @SuppressWarnings("NullAway.Init") // JUnit calls install first.
  private Installed lichen;

  @BeforeEach
  void install() throws IOException {
    lichen = Installed.in(folder, StartPageTest.class);
  }

  @AfterEach
  void stop() {
    nodes.forEach(Process::destroyForcibly);
  }

  @Test
  void shouldWorkAsItIsWritten() throws Exception {
    List<String> blocks =
        BLOCK
            .matcher(Files.readString(PAGE).replace(PORT, freePort()))
            .results()
            .map(block -> block.group(1))
            .toList();
    assertTrue(blocks.size() >= 4, blocks::toString);
    List<BufferedReader> said = new ArrayList<>();
    for (String block : blocks) {
      if (block.startsWith("./lichen node")) {
        Process node = lichen.script(block).start();
        nodes.add(node);
        said.add(node.inputReader(UTF_8));
        awaitLine(said.getLast(), "listens on port");
      } else {
        run(block);
      }
    }
    awaitLine(said.getLast(), "PEER_JOINED");
    nodes.getLast().getOutputStream().write("hello\n".getBytes(UTF_8));
    nodes.getLast().getOutputStream().flush();
    assertTrue(awaitLine(said.getFirst(), ": hello").startsWith("[talk] "));
    for (Process node : nodes.reversed()) {
      node.getOutputStream().close();
      assertEquals(0, node.waitFor());
    }
  }

  private void run(String block) throws IOException, InterruptedException {
    Process process = lichen.script(block).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), () -> block + "\n" + output);
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
