// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import io.lichen.conformance.moss.ffi.MossLibraries;
import io.lichen.transport.moss.Era;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts peers as child processes and ends them all when closed, or at the latest with this
 * process. Thread-safe.
 */
public final class MeshPeers implements AutoCloseable {
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final List<String> SMALL_JVM =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Xshare:auto",
          "-Xmx192m",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-Dio.netty.leakDetection.level=paranoid",
          "-Dlogback.configurationFile=logback.xml",
          "-cp",
          classPathWithoutTests());

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
  }

  private final Path folder;
  private final List<MeshPeer> started = new CopyOnWriteArrayList<>();

  /** Keeps logs, keys and configurations of its peers in a folder. */
  public MeshPeers(Path folder) {
    this.folder = folder;
  }

  /** Whether this machine has what the driver needs in this era. */
  public static boolean canRun(Driver driver, Era era) {
    return driver == Driver.JAVA || MossLibraries.find(era).isPresent();
  }

  /** Starts a peer and waits until it is ready. */
  public MeshPeer start(PeerSpec spec) {
    try {
      Files.createDirectories(folder);
      Path base = folder.resolve("peer-" + NUMBER.incrementAndGet() + "-" + spec.driver());
      Path log = Path.of(base + ".log");
      ProcessBuilder builder = new ProcessBuilder(command(spec, base));
      builder.environment().put("MOSS_LISTEN_HOST", spec.host());
      builder.redirectError(log.toFile());
      Process process = builder.start();
      RUNNING.removeIf(other -> !other.isAlive());
      RUNNING.add(process);
      MeshPeer peer = new ChildPeer(spec, process, log);
      started.add(peer);
      return peer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file that no other peer uses. */
  public Path newFile(String name) {
    return folder.resolve(NUMBER.incrementAndGet() + "-" + name);
  }

  /** Ends all peers; a leak that one of them reported is thrown after all have ended. */
  @Override
  public void close() {
    AssertionError failure = null;
    for (MeshPeer peer : started) {
      try {
        peer.close();
      } catch (AssertionError e) {
        failure = e;
      }
    }
    started.clear();
    if (failure != null) {
      throw failure;
    }
  }

  private static List<String> command(PeerSpec spec, Path base) throws IOException {
    List<String> command = new ArrayList<>();
    if (spec.namespace() != null) {
      command.addAll(List.of("ip", "netns", "exec", spec.namespace()));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SMALL_JVM);
    switch (spec.driver()) {
      case JAVA -> command.addAll(List.of("io.lichen.node.Main", "node"));
      case NATIVE -> {
        Path library = MossLibraries.find(spec.era()).orElseThrow();
        command.addAll(List.of(NativeMossPeer.class.getName(), "--library", library.toString()));
      }
    }
    addOptions(command, spec, base);
    return command;
  }

  /** A node must not find what our tests configure, or it would say on stdout what is no line. */
  private static String classPathWithoutTests() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> !entry.endsWith("test-classes") && !entry.endsWith("-tests.jar"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static void addOptions(List<String> command, PeerSpec spec, Path base)
      throws IOException {
    Path config = Files.writeString(Path.of(base + ".json"), QuietConfig.with(spec.configJson()));
    command.addAll(List.of("--json", "--mesh", spec.meshId(), "--era", spec.era().name()));
    command.addAll(List.of("--listen", spec.host() + ":" + spec.port()));
    command.addAll(List.of("--config", config.toString()));
    if (spec.psk() != null) {
      Path file = Files.write(Path.of(base + ".psk"), spec.psk());
      command.addAll(List.of("--psk-file", file.toString()));
    }
    if (spec.keyStore() != null) {
      command.addAll(List.of("--key-store", spec.keyStore().toString()));
    }
    for (String channel : spec.channels()) {
      command.addAll(List.of("--subscribe", channel));
    }
  }
}
