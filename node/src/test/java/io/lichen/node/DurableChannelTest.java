// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.topic.TopicMessage;
import io.lichen.redex.Redex;
import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lichen node --durable} in processes of their own, one of which is killed. */
class DurableChannelTest {
  private static final int KILLS = "full".equals(System.getProperty("lichen.suite")) ? 20 : 2;
  private static final int MESSAGES_A_LIFE = 300;
  private static final long LIMIT_NS = 60_000_000_000L;

  private final Path folder;

  DurableChannelTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private NodeProcess node(String name, String... more) throws IOException {
    List<String> args =
        new ArrayList<>(List.of("node", "--mesh", "m", "--json", "--listen", "127.0.0.1:0"));
    args.addAll(List.of("--config", NodeProcess.quiet(folder).toString()));
    args.addAll(List.of("--durable", "c", "--data", folder.resolve(name).toString()));
    args.addAll(List.of("--key-store", folder.resolve(name + ".key").toString()));
    args.addAll(List.of(more));
    return new NodeProcess(folder, args.toArray(String[]::new));
  }

  private static String publish(String text) {
    return "{\"op\":\"publish\",\"channel\":\"c\",\"data\":\"" + base64(text) + "\"}\n";
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private List<String> log(String name) {
    try (Redex redex = Redex.openReadOnly(folder.resolve(name))) {
      RedexFile file = redex.open("c", RedexConfig.onDisk());
      return file.readRange(0, file.nextSeq()).stream()
          .map(TopicMessage::of)
          .flatMap(Optional::stream)
          .map(message -> new String(message.data(), UTF_8))
          .toList();
    }
  }

  private void awaitAll(String name, Set<String> all) {
    long deadlineNs = System.nanoTime() + LIMIT_NS;
    while (!new HashSet<>(log(name)).containsAll(all)) {
      assertTrue(System.nanoTime() - deadlineNs < 0, "waited in vain for the log of " + name);
      LockSupport.parkNanos(20_000_000);
    }
  }

  @Test
  void shouldHaveEveryMessageOnceInTheLogOfAProcessThatIsKilledUnderLoad() throws Exception {
    Set<String> all = new HashSet<>();
    try (NodeProcess steady = node("steady")) {
      String ready = steady.lineStartingWith("{\"type\":\"ready\"");
      String peer = "127.0.0.1:" + ready.replaceAll(".*\"listen_port\":(\\d+).*", "$1");
      steady.ignoreOutput();
      for (int life = 0; life <= KILLS; life++) {
        try (NodeProcess killed = node("killed", "--peer", peer)) {
          // Its own message is in its log as soon as anybody sees it.
          say(killed, "killed " + life, all);
          awaitShown(killed, "killed " + life);
          killed.ignoreOutput();
          for (int i = 0; i < MESSAGES_A_LIFE; i++) {
            say(steady, "steady " + life + " " + i, all);
          }
          if (life == KILLS) {
            awaitAll("killed", all);
            awaitAll("steady", all);
          }
        }
      }
    }
    assertOnce(all, log("steady"));
    assertOnce(all, log("killed"));
  }

  private static void say(NodeProcess node, String text, Set<String> all) throws IOException {
    all.add(text);
    node.say(publish(text));
  }

  /** What it had missed may be shown before. */
  private static void awaitShown(NodeProcess node, String text) throws IOException {
    String line;
    do {
      line = node.lineStartingWith("{\"type\":\"message\"");
    } while (!line.contains("\"data\":\"" + base64(text) + "\""));
  }

  private static void assertOnce(Set<String> all, List<String> log) {
    assertEquals(all, new HashSet<>(log));
    assertEquals(all.size(), log.size());
  }

  @Test
  void shouldShowTheOffsetAndSayOnceWhatItKeeps() throws Exception {
    for (int start = 0; start < 2; start++) {
      try (NodeProcess node = node("one")) {
        node.say(publish("m" + start));
        String line = node.lineStartingWith("{\"type\":\"message\"");
        assertTrue(line.endsWith("\"offset\":" + start + "}"), line);
        node.endInput();
        assertEquals(0, node.exitCode(), node.err());
      }
    }
    assertEquals(List.of("m0", "m1"), log("one"));
  }

  @Test
  void shouldRefuseToKeepWithoutADirectory() throws Exception {
    try (NodeProcess node = new NodeProcess(folder, "node", "--mesh", "m", "--durable", "c")) {
      assertEquals(2, node.exitCode());
      assertTrue(node.err().contains("--data"), node.err());
    }
  }
}
