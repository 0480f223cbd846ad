// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import io.lichen.conformance.netns.Commands;
import io.lichen.conformance.netns.Namespaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The daemon {@code miniupnpd} on a router: UPnP IGD 2, NAT-PMP and PCP for those behind it.
 *
 * <p>It opens nothing on addresses for documentation, which are those of our internet. So it is
 * told another address to name; packets never go there.
 */
final class UpnpDaemon implements AutoCloseable {
  /** What it names as the router's external address. */
  static final String NAMED = "11.0.0.7";

  /** What it may name after a restart. */
  static final String NAMED_LATER = "11.0.0.8";

  private static final String PROGRAM = "miniupnpd";
  private static final String CHAIN = "prerouting_miniupnpd";
  private static final String RULES =
      """
      table inet filter {
        chain miniupnpd {
        }
        chain prerouting_miniupnpd {
        }
        chain postrouting_miniupnpd {
        }
        chain prerouting {
          type nat hook prerouting priority -100;
          jump prerouting_miniupnpd
        }
        chain postrouting {
          type nat hook postrouting priority 100;
          jump postrouting_miniupnpd
        }
      }
      """;

  private final Router router;
  private final Path folder;
  private String named = NAMED;
  private Process process;

  UpnpDaemon(Router router, Path folder) {
    this.router = router;
    this.folder = folder;
    Namespaces.nft(router.namespace(), RULES);
    this.process = start();
  }

  /** Whether this machine has it. */
  static boolean isInstalled() {
    return Commands.succeeds("sh", "-c", "command -v " + PROGRAM);
  }

  private Process start() {
    try {
      Path config =
          Files.writeString(
              folder.resolve("miniupnpd.conf"),
              String.join(
                  "\n",
                  "ext_ifname=wan",
                  "ext_ip=" + named,
                  "listening_ip=lan",
                  "enable_natpmp=yes",
                  "enable_upnp=yes",
                  "ipv6_disable=yes",
                  "secure_mode=yes",
                  "system_uptime=no",
                  "uuid=11111111-2222-3333-4444-555555555555",
                  "allow 1024-65535 0.0.0.0/0 1024-65535",
                  ""));
      return new ProcessBuilder(
              "ip",
              "netns",
              "exec",
              router.namespace(),
              PROGRAM,
              "-d",
              "-f",
              config.toString(),
              "-P",
              folder.resolve("miniupnpd.pid").toString())
          .redirectErrorStream(true)
          .redirectOutput(
              ProcessBuilder.Redirect.appendTo(folder.resolve("miniupnpd.log").toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The ports that are open, one line each. */
  List<String> ports() {
    return Commands.output(
            "ip",
            "netns",
            "exec",
            router.namespace(),
            "nft",
            "list",
            "chain",
            "inet",
            "filter",
            CHAIN)
        .lines()
        .filter(line -> line.contains("dport"))
        .map(String::strip)
        .toList();
  }

  /** How many ports are open for one number: two, for UDP and TCP, or none. */
  long open(int port) {
    return ports().stream().filter(line -> line.contains("dport " + port + " ")).count();
  }

  /** Loses power, and comes back without what it held, and with an address of this name. */
  void restart(String external) {
    end();
    named = external;
    Namespaces.nft(
        router.namespace(),
        "flush chain inet filter " + CHAIN + "\nflush chain inet filter miniupnpd\n");
    process = start();
  }

  private void end() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    end();
  }
}
