// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare.gateway;

import io.lichen.bench.compare.Arguments;
import io.lichen.bench.compare.LichenJvm;
import io.lichen.bench.compare.Spread;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures what onlookers at a gateway cost its mesh: {@code ./bench/compare gateway}. In each
 * round the same mesh delivers for some time without any, and as long with 800 WebSockets on a
 * channel of 20 messages a second and 20 dashboards; its rates are compared round by round.
 * Onlookers are a process of their own on the same machine, so that what they cost themselves is in
 * it, too.
 *
 * <p>With {@code --dashboards-show busy} the dashboards show the channel of 1 000 messages a
 * second: 20 000 more frames a second.
 */
public final class GatewayCompare {
  private static final int SUBSCRIBERS = 800;
  private static final int DASHBOARDS = 20;
  private static final long SETTLE_NS = TimeUnit.SECONDS.toNanos(4);

  private final List<Double> without = new ArrayList<>();
  private final List<Double> with = new ArrayList<>();
  private final List<Double> kept = new ArrayList<>();
  private final List<Double> p50 = new ArrayList<>();
  private final List<Double> p99 = new ArrayList<>();

  private final String shown;

  private GatewayCompare(String shown) {
    this.shown = shown;
  }

  /** Runs it and prints the table. */
  public static void main(String[] args) throws IOException {
    Arguments arguments = Arguments.of(args, 5_000, Path.of("bench/target/gateway.json"));
    GatewayCompare compare =
        new GatewayCompare(Arguments.option(args, "--dashboards-show", BusyMesh.WATCHED));
    try (BusyMesh mesh = new BusyMesh()) {
      mesh.deliveredPerSecond(arguments.durationMs());
      for (int round = 1; round <= arguments.rounds(); round++) {
        System.err.println("round " + round + " of " + arguments.rounds());
        compare.round(mesh, arguments.durationMs());
      }
    }
    String table = compare.table();
    System.out.print(table);
    Files.createDirectories(arguments.json().toAbsolutePath().getParent());
    Files.writeString(arguments.json(), compare.json());
    System.exit(0);
  }

  private void round(BusyMesh mesh, long durationMs) throws IOException {
    double alone = mesh.deliveredPerSecond(durationMs);
    List<String> command =
        LichenJvm.command(
            List.of("-XX:+UseSerialGC", "-Xmx256m"),
            Onlookers.class,
            Integer.toString(mesh.gatewayPort()),
            Integer.toString(SUBSCRIBERS),
            Integer.toString(DASHBOARDS),
            shown);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader says =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        Writer tell = process.outputWriter(StandardCharsets.UTF_8)) {
      line(says);
      LockSupport.parkNanos(SETTLE_NS);
      ask(tell, says);
      double watched = mesh.deliveredPerSecond(durationMs);
      String[] figures = ask(tell, says).split(" ", -1);
      without.add(alone);
      with.add(watched);
      kept.add(watched / alone);
      p50.add(Double.parseDouble(figures[1]) / 1e3);
      p99.add(Double.parseDouble(figures[2]) / 1e3);
      System.err.println("  " + figures[0] + " messages to subscribers");
    } finally {
      process.destroyForcibly();
    }
  }

  private static String ask(Writer tell, BufferedReader says) throws IOException {
    tell.write("figures\n");
    tell.flush();
    return line(says);
  }

  private static String line(BufferedReader says) throws IOException {
    String line = says.readLine();
    if (line == null) {
      throw new IOException("the onlookers have ended");
    }
    return line;
  }

  private String table() {
    return "A mesh that is looked at: "
        + SUBSCRIBERS
        + " WebSockets and "
        + DASHBOARDS
        + " dashboards that show '"
        + shown
        + "'\n"
        + row("delivered msg/s without", without)
        + row("delivered msg/s with", with)
        + row("with / without", kept)
        + row("p50 to a subscriber, ms", p50)
        + row("p99 to a subscriber, ms", p99);
  }

  private static String row(String name, List<Double> figures) {
    Spread spread = Spread.of(figures);
    return String.format(
        Locale.ROOT,
        "%-26s %10.3f [%.3f .. %.3f]%n",
        name,
        spread.median(),
        spread.min(),
        spread.max());
  }

  private String json() {
    return String.format(
        Locale.ROOT,
        "{\"without\":%s,\"with\":%s,\"kept\":%s,\"p50_ms\":%s,\"p99_ms\":%s}%n",
        without,
        with,
        kept,
        p50,
        p99);
  }
}
