// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.demo;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows three nodes talking. */
@Command(
    name = "demo",
    description = {
      "Runs three nodes in this process, on loopback only, and lets each publish to two channels.",
      "Shows a live table and checks that every message arrived exactly once: exit code 0, else 1."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--http",
      paramLabel = "PORT",
      arity = "0..1",
      fallbackValue = "8080",
      description =
          "Goes on until Ctrl-C, with the dashboards of two of the nodes: at this port of loopback"
              + " (${FALLBACK-VALUE} unless given) and at the next one.")
  private @Nullable Integer http;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it.
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (UntilSignal signal = http == null ? null : new UntilSignal()) {
      Path folder = Files.createTempDirectory("lichen-demo");
      try (DemoMesh mesh = DemoMesh.start(folder);
          DemoDashboards dashboards = DemoDashboards.of(mesh.nodes(), http)) {
        out.println("Three nodes on loopback, keys in " + folder);
        dashboards.urls().forEach(url -> out.println("Dashboard at " + url));
        mesh.awaitReady();
        new DemoTalk(mesh.nodes(), new DemoTable(out, isTerminal())).run();
        boolean exact = report(out, mesh.nodes());
        if (signal != null) {
          DemoWeather weather = DemoWeather.among(mesh.nodes());
          out.println("Now the nodes tell each other of the weather; Ctrl-C stops them.");
          out.flush();
          weather.runUntil(signal);
        }
        return exact ? 0 : 1;
      } finally {
        deleteFolder(folder);
        out.flush();
      }
    }
  }

  @SuppressWarnings("SystemConsoleNull") // NullAway, rightly, goes by what the method declares.
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  /** The summary, from what the receivers counted and nothing else. */
  private static boolean report(PrintWriter out, List<DemoNode> nodes) {
    Tally total = Tally.of(nodes);
    out.println();
    out.printf(
        "%d messages published, %d deliveries expected, %d received, %d missing, %d twice%n",
        total.published(), total.expected(), total.received(), total.missing(), total.repeated());
    out.println(
        total.isExact()
            ? "Every message arrived exactly once."
            : "NOT every message arrived once.");
    return total.isExact();
  }

  private static void deleteFolder(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
