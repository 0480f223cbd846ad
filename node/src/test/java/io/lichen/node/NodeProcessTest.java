// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the program begins and ends, and what it does with whatever comes in between. */
class NodeProcessTest {
  private static final int SIGTERM_EXIT = 128 + 15;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path folder;

  @Test
  void shouldStopWhenItsInputEnds() throws Exception {
    try (NodeProcess node = json()) {
      node.lineStartingWith("{\"type\":\"ready\"");
      node.endInput();
      assertEquals(0, node.exitCode());
      assertEquals("", node.err());
    }
  }

  @Test
  void shouldReplyToStopWhenItHasStopped() throws Exception {
    try (NodeProcess node = json()) {
      node.say("{\"op\":\"stop\",\"id\":\"bye\"}\n");
      assertEquals(
          "{\"type\":\"reply\",\"op\":\"stop\",\"code\":0,\"id\":\"bye\"}",
          node.lineStartingWith("{\"type\":\"reply\""));
      assertEquals(0, node.exitCode());
    }
  }

  @Test
  void shouldStopCleanlyOnASignal() throws Exception {
    try (NodeProcess node = json()) {
      node.lineStartingWith("{\"type\":\"ready\"");
      node.process().destroy();
      assertEquals(SIGTERM_EXIT, node.exitCode());
      assertEquals("", node.err());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"node --mesh m --listen 127.0.0.1:0", "net --bind 127.0.0.1:0 --psk "})
  void shouldOutliveAnInputThatItDoesNotRead(String line) throws Exception {
    String key =
        line.startsWith("net") ? "00".repeat(32) : " --config " + NodeProcess.quiet(folder);
    try (NodeProcess node =
        new NodeProcess(folder, (line + key + " --no-input --json").split(" +"))) {
      node.endInput();
      node.lineStartingWith("{\"type\":\"ready\"");
      assertFalse(node.process().waitFor(200, TimeUnit.MILLISECONDS));
      node.process().destroy();
      assertEquals(SIGTERM_EXIT, node.exitCode());
      assertEquals("", node.err());
    }
  }

  @Test
  void shouldStopWhenNobodyReadsItsOutput() throws Exception {
    try (NodeProcess node = json()) {
      node.lineStartingWith("{\"type\":\"ready\"");
      node.stopReading();
      node.say("{\"op\":\"info\"}\n");
      assertEquals(0, node.exitCode());
    }
  }

  @Test
  void shouldAnswerGarbageAndOversizedLinesAndGoOnServing() throws Exception {
    long seed = System.nanoTime();
    byte[] garbage = new byte[100_000];
    new Random(seed).nextBytes(garbage);
    try (NodeProcess node = json("--subscribe", "c")) {
      node.say(garbage);
      node.say("\n" + "x".repeat(2_000_000) + "\n");
      node.say("{\"op\":\"info\",\"id\":1}\n");
      assertTrue(node.lineStartingWith("{\"type\":\"error\",\"code\":-8").contains("message"));
      assertTrue(node.lineStartingWith("{\"type\":\"reply\",\"op\":\"info\"").contains("\"c\""));
      node.endInput();
      assertEquals(0, node.exitCode(), () -> "seed " + seed);
    }
  }

  @Test
  void shouldDeliverAPublishToItsOwnSubscriptionAndSayThatNobodyElseGotIt() throws Exception {
    try (NodeProcess node = json("--subscribe", "c")) {
      node.say("{\"op\":\"publish\",\"channel\":\"c\",\"data\":\"AQI=\"}\n");
      String message = null;
      String reply = null;
      while (message == null || reply == null) {
        String line = node.lineStartingWith("{");
        message = line.contains("\"message\",\"channel\":\"c\"") ? line : message;
        reply = line.contains("\"reply\"") ? line : reply;
      }
      assertTrue(message.endsWith("\"data\":\"AQI=\"}"), message);
      assertTrue(reply.contains("\"code\":-6"), reply);
    }
  }

  @Test
  void shouldAnswerMinus5ToAPayloadThatIsTooLarge() throws Exception {
    try (NodeProcess node = json()) {
      String base64 = "AAAA".repeat(65_536 / 3 + 1);
      node.say("{\"op\":\"publish\",\"channel\":\"c\",\"data\":\"" + base64 + "\"}\n");
      assertTrue(node.lineStartingWith("{\"type\":\"reply\"").contains("\"code\":-5"));
    }
  }

  @Test
  void shouldExitWith1WhenItsPortIsTaken() throws Exception {
    try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        NodeProcess node =
            new NodeProcess(
                folder, "node", "--mesh", "m", "--listen", "127.0.0.1:" + taken.getLocalPort())) {
      assertEquals(1, node.exitCode());
      assertTrue(node.err().contains(Integer.toString(taken.getLocalPort())), node.err());
      assertEquals(1, node.err().lines().count(), node.err());
    }
  }

  @Test
  void shouldPublishWhatAPersonTypesAndPrintIt() throws Exception {
    try (NodeProcess node =
        new NodeProcess(
            folder,
            "node",
            "--mesh",
            "m",
            "--listen",
            "127.0.0.1:0",
            "--subscribe",
            "talk",
            "--config",
            NodeProcess.quiet(folder).toString())) {
      node.say("hello there\n");
      String line = node.lineStartingWith("[talk] ");
      assertTrue(line.endsWith(": hello there"), line);
      node.endInput();
      assertEquals(0, node.exitCode());
      assertTrue(node.err().contains("listens on port"), node.err());
    }
  }

  private NodeProcess json(String... more) throws IOException {
    String[] args = {
      "node",
      "--json",
      "--mesh",
      "m",
      "--listen",
      "127.0.0.1:0",
      "--config",
      NodeProcess.quiet(folder).toString()
    };
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return new NodeProcess(folder, all);
  }
}
