// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.nat;

import io.lichen.core.nat.check.NatCheck;
import io.lichen.core.nat.check.NatCheckOptions;
import io.lichen.core.nat.check.NatFindings;
import io.lichen.node.BadInputException;
import io.lichen.node.Version;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what this machine is behind (docs/nat.md). */
@Command(
    name = "nat",
    description = {
      "Says what this machine is behind, what was tried, and what to do.",
      "Asks STUN servers how they see it, and the routers of its default routes to open a port, which"
          + " is given back at once. Nothing else is contacted."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
public final class NatCommand implements Callable<Integer> {
  private static final int MAX_TIMEOUT_MS = 60_000;
  private static final int MAX_PORT = 65_535;

  @Option(
      names = "--stun",
      paramLabel = "HOST:PORT",
      description = "A STUN server to ask instead of the public ones; repeatable, 16 at most.")
  private List<String> stun = List.of();

  @Option(names = "--no-stun", description = "Ask no STUN server.")
  private boolean noStun;

  @Option(names = "--no-routers", description = "Ask no router to open a port.")
  private boolean noRouters;

  @Option(
      names = "--bind",
      paramLabel = "IF",
      defaultValue = "",
      description = "Use this interface alone, by its name or number.")
  private String bind = "";

  @Option(
      names = "--timeout-ms",
      paramLabel = "MS",
      defaultValue = "1000",
      description = "How long a STUN server is waited for. Default: ${DEFAULT-VALUE}")
  private int timeoutMs;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it.
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    NatCheckOptions options = options();
    PrintWriter err = spec.commandLine().getErr();
    if (!options.stunServers().isEmpty()) {
      err.println("Asking STUN servers: " + String.join(", ", options.stunServers()));
    }
    if (options.routers()) {
      err.println("Asking routers by UPnP, NAT-PMP and PCP; this takes some seconds");
    }
    NatFindings found = found(options);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(FindingsJson.line(found));
    } else {
      FindingsText.print(out, found);
    }
    out.flush();
    return 0;
  }

  private static NatFindings found(NatCheckOptions options)
      throws IOException, InterruptedException {
    try {
      return NatCheck.run(options);
    } catch (IllegalArgumentException e) {
      throw new BadInputException(String.valueOf(e.getMessage()));
    }
  }

  private NatCheckOptions options() {
    if (timeoutMs < 1 || timeoutMs > MAX_TIMEOUT_MS) {
      throw new BadInputException(
          "--timeout-ms " + timeoutMs + " is not from 1 to " + MAX_TIMEOUT_MS);
    }
    if (noStun && !stun.isEmpty()) {
      throw new BadInputException("--stun and --no-stun exclude each other");
    }
    stun.forEach(NatCommand::check);
    List<String> servers = stun.isEmpty() ? NatCheckOptions.PUBLIC_STUN : stun;
    try {
      return new NatCheckOptions(
          noStun ? List.of() : servers, !noRouters, bind, Duration.ofMillis(timeoutMs));
    } catch (IllegalArgumentException e) {
      throw new BadInputException(String.valueOf(e.getMessage()));
    }
  }

  private static void check(String server) {
    int colon = server.lastIndexOf(':');
    @Nullable Integer port = colon < 1 ? null : port(server.substring(colon + 1));
    if (port == null || port < 1 || port > MAX_PORT) {
      throw new BadInputException(
          "--stun '" + server + "' is not HOST:PORT, for example stun.example.org:3478");
    }
  }

  private static @Nullable Integer port(String text) {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
