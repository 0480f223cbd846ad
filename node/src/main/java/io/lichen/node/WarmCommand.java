// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * What the JVM watches when the launcher has it make a cache: all that a node does until it
 * listens, and some of what it does then, in one process, on loopback, with an input at its end.
 */
@Command(
    name = "warm",
    description = {
      "Makes a cache beside the jar, from which ./lichen starts quicker.",
      "It holds until the jar or the JDK changes, and for the launcher only: java -jar lichen.jar",
      "has none."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class WarmCommand implements Callable<Integer> {
  private static final String PSK = "00".repeat(32);
  private static final int BAD_INPUT = 2;

  @Override
  public Integer call() throws IOException {
    if (!Boolean.getBoolean("lichen.warm")) {
      throw new BadInputException("the launcher makes the cache: ./lichen warm, without more");
    }
    Path quiet = Files.createTempFile("lichen-warm", ".json");
    try {
      Files.writeString(
          quiet, "{\"trackers\":[],\"dht_enabled\":false,\"lan_discovery_enabled\":false}");
      rehearse(quiet);
    } finally {
      Files.delete(quiet);
    }
    return 0;
  }

  private static void rehearse(Path quiet) {
    List<String> node =
        List.of(
            "node",
            "--mesh",
            "warm",
            "--listen",
            "127.0.0.1:0",
            "--config",
            quiet.toString(),
            "--subscribe",
            "warm");
    List<String> net = List.of("net", "--bind", "127.0.0.1:0", "--psk", PSK);
    // Errors, too: a class whose exceptions were never loaded stays out of the cache.
    expect(BAD_INPUT, "node", "--nonsense");
    expect(BAD_INPUT, "net", "--bind", "nowhere");
    for (List<String> line : List.of(node, net)) {
      expect(0, line.toArray(String[]::new));
      expect(0, with(line, "--json"));
    }
    expect(0, with(node, "--http", "127.0.0.1:0"));
    expect(0, "demo");
  }

  private static String[] with(List<String> line, String... more) {
    return Stream.concat(line.stream(), Stream.of(more)).toArray(String[]::new);
  }

  private static void expect(int code, String... line) {
    int got = Main.execute(line, Map.of());
    if (got != code) {
      throw new IllegalStateException(String.join(" ", line) + " ended with " + got);
    }
  }
}
