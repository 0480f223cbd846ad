// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss.netns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two network namespaces with one wire between them, on documentation addresses: to a native they
 * look like the open internet, and nobody else can be reached from them. TCP to the other side is
 * refused at once by a routing rule, UDP passes.
 *
 * <p>Needs root and iproute2. What was made is unmade by {@link #close}, or at the latest when this
 * process ends.
 */
public final class NetworkPair implements AutoCloseable {
  /** The address in {@link #left}. */
  public static final String LEFT_ADDRESS = "192.0.2.1";

  /** The address in {@link #right}. */
  public static final String RIGHT_ADDRESS = "192.0.2.2";

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final long COMMAND_LIMIT_S = 10;

  private final String name =
      "lichen" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
  private final Thread atExit = new Thread(this::unmake);

  private NetworkPair() {}

  /** Whether this machine lets us make namespaces. */
  public static boolean isPossible() {
    try (NetworkPair probe = new NetworkPair()) {
      return run("ip", "netns", "add", probe.left()) == 0;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** Makes both namespaces and the wire. */
  public static NetworkPair open() {
    NetworkPair pair = new NetworkPair();
    Runtime.getRuntime().addShutdownHook(pair.atExit);
    try {
      pair.make();
    } catch (RuntimeException e) {
      pair.close();
      throw e;
    }
    return pair;
  }

  /** The name of one namespace. */
  public String left() {
    return name + "l";
  }

  /** The name of the other. */
  public String right() {
    return name + "r";
  }

  @Override
  public void close() {
    unmake();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The process ends already: the hook runs and finds nothing.
    }
  }

  private void make() {
    must("ip", "netns", "add", left());
    must("ip", "netns", "add", right());
    must(
        "ip", "-n", left(), "link", "add", "wire", "type", "veth", "peer", "name", "wire", "netns",
        right());
    makeSide(left(), LEFT_ADDRESS, RIGHT_ADDRESS);
    makeSide(right(), RIGHT_ADDRESS, LEFT_ADDRESS);
  }

  private static void makeSide(String namespace, String own, String other) {
    must("ip", "-n", namespace, "link", "set", "lo", "up");
    must("ip", "-n", namespace, "address", "add", own + "/24", "dev", "wire");
    must("ip", "-n", namespace, "link", "set", "wire", "up");
    must("ip", "-n", namespace, "rule", "add", "to", other, "ipproto", "tcp", "prohibit");
  }

  private void unmake() {
    run("ip", "netns", "delete", left());
    run("ip", "netns", "delete", right());
  }

  private static void must(String... command) {
    if (run(command) != 0) {
      throw new IllegalStateException("failed: " + String.join(" ", command));
    }
  }

  private static int run(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(COMMAND_LIMIT_S, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return -1;
      }
      return process.exitValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }
}
