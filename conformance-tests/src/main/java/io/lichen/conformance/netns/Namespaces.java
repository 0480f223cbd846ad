// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.netns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The namespaces of this process. Their names hold its process id, so that a later run knows which
 * were left by one that is gone. What was made is removed at the latest when this process ends.
 * Thread-safe.
 */
public final class Namespaces {
  private static final String PREFIX = "lichen";
  private static final String HOSTS = "hosts";
  private static final Pattern OURS = Pattern.compile(PREFIX + "(\\d+)-\\S+");
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Set<String> MADE = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> MADE.forEach(Namespaces::remove)));
    removeLeftovers();
  }

  private Namespaces() {}

  /** Whether this machine lets us make namespaces, and has these programs. */
  public static boolean arePossible(String... programs) {
    for (String program : programs) {
      if (!Commands.succeeds(program, "-V") && !Commands.succeeds(program, "--version")) {
        return false;
      }
    }
    String name = PREFIX + ProcessHandle.current().pid() + "-probe" + NUMBER.incrementAndGet();
    boolean possible = Commands.succeeds("ip", "netns", "add", name);
    if (possible) {
      remove(name);
    }
    return possible;
  }

  /**
   * Makes one in which only {@code lo} is, and up.
   *
   * @param role a word in its name
   * @return its name
   */
  public static String make(String role) {
    String name = PREFIX + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet() + role;
    MADE.add(name);
    Commands.must("ip", "netns", "add", name);
    Commands.must("ip", "-n", name, "link", "set", "lo", "up");
    return name;
  }

  /** Removes one, and ends the processes that are still in it. */
  public static void remove(String name) {
    for (String line : Commands.output("ip", "netns", "pids", name).split("\\s+", -1)) {
      if (line.matches("\\d+")) {
        ProcessHandle.of(Long.parseLong(line))
            .filter(process -> !process.equals(ProcessHandle.current()))
            .ifPresent(ProcessHandle::destroyForcibly);
      }
    }
    Commands.succeeds("ip", "netns", "delete", name);
    try {
      Files.deleteIfExists(filesOf(name).resolve(HOSTS));
      Files.deleteIfExists(filesOf(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    MADE.remove(name);
  }

  /** Lets processes that are started in one from now on find names at an address. */
  public static void name(String namespace, List<String> names, String address) {
    name(namespace, names.stream().collect(Collectors.toMap(name -> name, _ -> address)));
  }

  /** Lets processes that are started in one from now on find names at their addresses. */
  public static void name(String namespace, Map<String, String> addresses) {
    StringBuilder hosts = new StringBuilder("127.0.0.1 localhost\n");
    addresses.forEach(
        (name, address) -> hosts.append(address).append(' ').append(name).append('\n'));
    try {
      Files.createDirectories(filesOf(namespace));
      Files.writeString(filesOf(namespace).resolve(HOSTS), hosts.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What iproute2 lays over {@code /etc} for whoever it starts in a namespace. */
  private static Path filesOf(String namespace) {
    return Path.of("/etc/netns", namespace);
  }

  /** Carries out commands of {@code ip} in one, a line each. */
  public static void ip(String namespace, String... lines) {
    Commands.mustWithInput(String.join("\n", lines) + "\n", "ip", "-n", namespace, "-batch", "-");
  }

  /** Feeds a script to {@code nft} in one. */
  public static void nft(String namespace, String script) {
    Commands.mustWithInput(script, "ip", "netns", "exec", namespace, "nft", "-f", "-");
  }

  /** Sets kernel parameters of one, each {@code name=value}. */
  public static void sysctl(String namespace, String... settings) {
    List<String> command =
        new ArrayList<>(List.of("ip", "netns", "exec", namespace, "sysctl", "-q", "-w"));
    command.addAll(List.of(settings));
    Commands.must(command.toArray(String[]::new));
  }

  /** Removes those of processes that are gone; done once by itself. */
  public static void removeLeftovers() {
    for (String line : Commands.output("ip", "netns", "list").split("\n", -1)) {
      Matcher matcher = OURS.matcher(line);
      if (matcher.lookingAt() && ProcessHandle.of(Long.parseLong(matcher.group(1))).isEmpty()) {
        remove(matcher.group());
      }
    }
  }
}
