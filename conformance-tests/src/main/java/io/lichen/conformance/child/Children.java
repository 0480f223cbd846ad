// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.child;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Starts child processes that keep their files in one folder; all end when it is closed, at the
 * latest with this process. Thread-safe.
 */
public final class Children implements AutoCloseable {
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final List<String> SMALL_JVM =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Xshare:auto",
          "-Xmx192m",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-Dio.netty.leakDetection.level=paranoid",
          "-Dlogback.configurationFile=logback.xml");
  private static final List<String> COMMAND =
      new SharedClasses(SMALL_JVM, classPathWithoutTests()).command();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
  }

  private final Path folder;
  private final List<LineChild> started = new CopyOnWriteArrayList<>();

  /** Keeps logs and other files in a folder, which is made when the first is needed. */
  public Children(Path folder) {
    this.folder = folder;
  }

  /** The command that runs a main class of our class path in a small JVM. */
  public static List<String> java(String... mainAndOptions) {
    List<String> command = new ArrayList<>(COMMAND);
    command.addAll(List.of(mainAndOptions));
    return command;
  }

  /** A file that no other child uses; its folder exists. */
  public Path newFile(String name) {
    try {
      Files.createDirectories(folder);
      return folder.resolve(NUMBER.incrementAndGet() + "-" + name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts a child and waits until it says that it is ready.
   *
   * @param name of its log
   * @param command with all arguments
   * @param environment laid over ours
   * @param heard gets every line that is neither the ready line nor a reply, on one thread
   * @param onEnd runs when it says nothing more
   */
  public LineChild start(
      String name,
      List<String> command,
      Map<String, String> environment,
      Consumer<JsonNode> heard,
      Runnable onEnd) {
    Path log = newFile(name + ".log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      RUNNING.removeIf(other -> !other.isAlive());
      RUNNING.add(process);
      LineChild child = new LineChild(process, log, heard, onEnd);
      started.add(child);
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends all children; a leak that one of them reported is thrown after all have ended. */
  @Override
  public void close() {
    AssertionError failure = null;
    for (LineChild child : started) {
      try {
        child.close();
      } catch (AssertionError e) {
        failure = e;
      }
    }
    started.clear();
    if (failure != null) {
      throw failure;
    }
  }

  /** A node must not find what our tests configure, or it would say on stdout what is no line. */
  private static List<Path> classPathWithoutTests() {
    // Surefire's ends with a separator: an empty entry would be one more folder.
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> !entry.isEmpty())
        .filter(entry -> !entry.endsWith("test-classes") && !entry.endsWith("-tests.jar"))
        .map(Path::of)
        .toList();
  }
}
