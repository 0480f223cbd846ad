// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss.netns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Two network namespaces with one wire between them; nobody else can be reached from them. On
 * documentation addresses they look to a native like the open internet.
 *
 * <p>Needs root and iproute2. What was made is unmade by {@link #close}, or at the latest when this
 * process ends.
 */
public final class NetworkPair implements AutoCloseable {
  private static final String INTERNET = "192.0.2.";
  private static final String HOSTS = "hosts";
  private static final String LAN = "10.20.30.";

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final long COMMAND_LIMIT_S = 10;

  private final String name =
      "lichen" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
  private final Thread atExit = new Thread(this::unmake);

  /** What does not pass. */
  private enum Wall {
    NONE,
    AGAINST_TCP,
    BEFORE_LEFT
  }

  private final String network;
  private final Wall wall;

  private NetworkPair(String network, Wall wall) {
    this.network = network;
    this.wall = wall;
  }

  /** Whether this machine lets us make namespaces. */
  public static boolean isPossible() {
    try (NetworkPair probe = new NetworkPair(LAN, Wall.NONE)) {
      return run("ip", "netns", "add", probe.left()) == 0;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** An internet on which TCP to the other side is refused at once and UDP passes. */
  public static NetworkPair udpInternet() {
    return open(new NetworkPair(INTERNET, Wall.AGAINST_TCP));
  }

  /** An internet in which nobody on the right can open a TCP connection to the left. */
  public static NetworkPair internetWithFirewall() {
    return open(new NetworkPair(INTERNET, Wall.BEFORE_LEFT));
  }

  /** An internet without walls. */
  public static NetworkPair internet() {
    return open(new NetworkPair(INTERNET, Wall.NONE));
  }

  /** A local network with private addresses. */
  public static NetworkPair lan() {
    return open(new NetworkPair(LAN, Wall.NONE));
  }

  private static NetworkPair open(NetworkPair pair) {
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

  /** The address in {@link #left}. */
  public String leftAddress() {
    return network + "1";
  }

  /** The address in {@link #right}. */
  public String rightAddress() {
    return network + "2";
  }

  /** A second address in {@link #right}. */
  public String otherRightAddress() {
    return network + "3";
  }

  /** Lets processes that are started in either namespace from now on find names at an address. */
  public void name(List<String> names, String address) {
    String hosts = "127.0.0.1 localhost\n" + address + " " + String.join(" ", names) + "\n";
    try {
      for (String namespace : List.of(left(), right())) {
        Files.createDirectories(filesOf(namespace));
        Files.writeString(filesOf(namespace).resolve(HOSTS), hosts);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What iproute2 lays over {@code /etc} for whoever it starts in a namespace. */
  private static Path filesOf(String namespace) {
    return Path.of("/etc/netns", namespace);
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
    makeSide(left(), leftAddress());
    makeSide(right(), rightAddress(), otherRightAddress());
    switch (wall) {
      case NONE -> {}
      case AGAINST_TCP -> {
        refuseTcp(left(), rightAddress());
        refuseTcp(right(), leftAddress());
      }
      case BEFORE_LEFT -> dropCallsFrom(right());
    }
  }

  private static void makeSide(String namespace, String... addresses) {
    must("ip", "-n", namespace, "link", "set", "lo", "up");
    for (String address : addresses) {
      must(
          "ip",
          "-n",
          namespace,
          "address",
          "add",
          address + "/24",
          "broadcast",
          "+",
          "dev",
          "wire");
    }
    must("ip", "-n", namespace, "link", "set", "wire", "up");
  }

  private static void refuseTcp(String namespace, String to) {
    must("ip", "-n", namespace, "rule", "add", "to", to, "ipproto", "tcp", "prohibit");
  }

  /** Drops what opens a TCP connection, and no answer. */
  private static void dropCallsFrom(String namespace) {
    String[] nft = {"ip", "netns", "exec", namespace, "nft", "add"};
    must(with(nft, "table", "inet", "wall"));
    must(with(nft, "chain", "inet", "wall", "out", "{ type filter hook output priority 0; }"));
    must(
        with(
            nft,
            "rule",
            "inet",
            "wall",
            "out",
            "oifname",
            "wire",
            "tcp",
            "flags",
            "&",
            "(syn|ack)",
            "==",
            "syn",
            "drop"));
  }

  private static String[] with(String[] beginning, String... rest) {
    return Stream.concat(Stream.of(beginning), Stream.of(rest)).toArray(String[]::new);
  }

  private void unmake() {
    unmake(left());
    unmake(right());
  }

  private static void unmake(String namespace) {
    run("ip", "netns", "delete", namespace);
    try {
      Files.deleteIfExists(filesOf(namespace).resolve(HOSTS));
      Files.deleteIfExists(filesOf(namespace));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
