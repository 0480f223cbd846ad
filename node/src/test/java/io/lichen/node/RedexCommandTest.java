// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands for logs, each as a process. */
final class RedexCommandTest {
  private static final String NAME = "lab/log";

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  Path folder;

  private record Ended(int exitCode, String out, String err) {}

  private Ended run(String input, String command, String... more)
      throws IOException, InterruptedException {
    String[] args = new String[more.length + 4];
    args[0] = "redex";
    args[1] = command;
    args[2] = folder.resolve("logs").toString();
    args[3] = NAME;
    System.arraycopy(more, 0, args, 4, more.length);
    try (NodeProcess process = new NodeProcess(folder, args)) {
      process.say(input);
      process.endInput();
      String out = new String(process.process().getInputStream().readAllBytes(), UTF_8);
      return new Ended(process.exitCode(), out, process.err());
    }
  }

  @Test
  void shouldAppendAndPrintAndVerifyAndCompact() throws IOException, InterruptedException {
    assertEquals(new Ended(0, "0\n1\n2\n", ""), run("hello\nworld\n\n", "append"));
    assertEquals(new Ended(0, "world\n\n", ""), run("", "cat", "--from", "1"));
    assertEquals(
        new Ended(0, "{\"seq\":3}\n", ""), run("{\"data\":\"aGk=\"}\n", "append", "--json"));
    Ended json = run("", "cat", "--json", "--from", "3", "--to", "4");
    assertTrue(json.out.startsWith("{\"seq\":3,\"inline\":false,\"checksum\":\""), json.out);
    assertTrue(json.out.endsWith(",\"data\":\"aGk=\"}\n"), json.out);
    assertTrue(run("", "verify").out.startsWith("sound: lab/log: 4 records, the first is 0"));

    Path data = folder.resolve("logs/lab/log/v0000000001/dat");
    byte[] bytes = Files.readAllBytes(data);
    bytes[0] ^= 1;
    Files.write(data, bytes);
    Ended damaged = run("", "verify");
    assertEquals(1, damaged.exitCode);
    assertTrue(damaged.out.startsWith("record 0, number 0: checksum\nwould keep: "), damaged.out);
    assertEquals(bytes.length, Files.size(data), "nothing was changed");

    assertTrue(run("", "compact").out.contains("3 records, the first is 1, the next is 4"));
    assertEquals(0, run("", "verify").exitCode);
  }

  @Test
  void shouldSayWhatWasWrong() throws IOException, InterruptedException {
    Ended missing = run("", "cat");
    assertEquals(2, missing.exitCode);
    assertTrue(missing.err.contains("there is no log lab/log"), missing.err);
    Ended bad = run("{\"data\":7}\n", "append", "--json");
    assertEquals(2, bad.exitCode);
    assertTrue(bad.err.contains("line 1 is not"), bad.err);
    Ended number = run("", "cat", "--from", "-1");
    assertEquals(2, number.exitCode);
    assertTrue(number.err.contains("18446744073709551615"), number.err);
  }
}
