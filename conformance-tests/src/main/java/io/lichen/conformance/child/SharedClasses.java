// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.child;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * An archive of the classes that a node loads, which the JVMs of children map into their memory
 * instead of loading each class anew: that is about half of what their start takes, and there are
 * hundreds of them. It is made once for each state of the jars. Without one children start as well,
 * more slowly.
 */
final class SharedClasses {
  private static final Path FOLDER = Path.of("target");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** The JVM's own remarks, which are no lines of a child. */
  private static final List<String> REMARKS_TO_STDERR =
      List.of("-Xlog:disable", "-Xlog:all=warning:stderr");

  private static final String QUIET =
      "{\"trackers\":[],\"dht_enabled\":false,\"lan_discovery_enabled\":false}";

  private final List<String> jvm;
  private final List<Path> jars;
  private final List<Path> folders;

  /**
   * @param jvm how children are started, up to the class path
   * @param classPath of the children
   */
  SharedClasses(List<String> jvm, List<Path> classPath) {
    this.jvm = jvm;
    this.jars = classPath.stream().filter(SharedClasses::isJar).toList();
    this.folders = classPath.stream().filter(entry -> !isJar(entry)).toList();
  }

  private static boolean isJar(Path entry) {
    return entry.toString().endsWith(".jar");
  }

  /** How to start a child, up to its main class. Makes the archive if there is none. */
  List<String> command() {
    List<String> command = new ArrayList<>(jvm);
    try {
      // Folders are not archived; where all modules are folders, next to nothing would be.
      if (folders.size() <= 1) {
        command.add("-XX:SharedArchiveFile=" + archive());
        command.addAll(REMARKS_TO_STDERR);
      }
    } catch (IOException e) {
      System.out.println("Children start without an archive of classes: " + e.getMessage());
    }
    return withClassPath(command);
  }

  /** The archive holds for whatever begins with its jars. */
  private List<String> withClassPath(List<String> command) {
    List<Path> path = new ArrayList<>(jars);
    path.addAll(folders);
    command.addAll(List.of("-cp", joined(path)));
    return command;
  }

  private static String joined(List<Path> path) {
    return String.join(File.pathSeparator, path.stream().map(Path::toString).toList());
  }

  private Path archive() throws IOException {
    Path archive = FOLDER.resolve("classes-" + state() + ".jsa").toAbsolutePath();
    if (!Files.exists(archive)) {
      Files.createDirectories(FOLDER);
      Path names = Files.createTempFile(FOLDER, "classes", ".names");
      Path config = Files.createTempFile(FOLDER, "quiet", ".json");
      Path made = Files.createTempFile(FOLDER, "classes", ".jsa");
      try {
        Files.writeString(config, QUIET);
        run(recorder(names, config));
        run(archiver(names, made));
        Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        for (Path each : List.of(names, config, made)) {
          Files.deleteIfExists(each);
        }
      }
    }
    return archive;
  }

  private String state() throws IOException {
    StringBuilder state = new StringBuilder(Runtime.version().toString());
    for (Path jar : jars) {
      state.append(jar).append(Files.getLastModifiedTime(jar).toMillis());
    }
    return String.format(Locale.ROOT, "%08x", state.toString().hashCode());
  }

  /** A node whose input ends at once, and which ends then too. */
  private List<String> recorder(Path names, Path config) {
    List<String> command = new ArrayList<>(jvm);
    command.add("-XX:DumpLoadedClassList=" + names);
    withClassPath(command);
    command.addAll(List.of("io.lichen.node.Main", "node", "--json", "--mesh", "grove"));
    command.addAll(List.of("--listen", "127.0.0.1:0", "--config", config.toString()));
    return command;
  }

  private List<String> archiver(Path names, Path archive) {
    List<String> command = new ArrayList<>(jvm);
    command.addAll(List.of("-Xshare:dump", "-XX:SharedClassListFile=" + names));
    command.addAll(List.of("-XX:SharedArchiveFile=" + archive, "-cp", joined(jars)));
    return command;
  }

  private static void run(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("not within " + LIMIT + ": " + command);
      }
      if (process.exitValue() != 0) {
        throw new IOException("exit value " + process.exitValue() + ": " + command);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
