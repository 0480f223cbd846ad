// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Gets the published package by name and version, each release into an environment of its own that
 * later runs find again: below {@code target/net-natives}, or where {@code lichen.net.natives}
 * says. Thread-safe, also among processes.
 */
public final class NativePackage {
  private static final String NAME = "net-mesh";
  private static final List<String> PYTHONS =
      List.of("python3.11", "python3", "python3.12", "python3.13", "python3.10");
  private static final long INSTALL_LIMIT_SECONDS = 180;
  private static final Path ROOT =
      Path.of(System.getProperty("lichen.net.natives", "target/net-natives")).toAbsolutePath();
  private static final ConcurrentHashMap<NativeVersion, Optional<Path>> FOUND =
      new ConcurrentHashMap<>();

  private NativePackage() {}

  /** A Python that has this release; none if the machine has no Python or cannot download. */
  public static Optional<Path> python(NativeVersion version) {
    return FOUND.computeIfAbsent(version, NativePackage::findOrInstall);
  }

  /** Why there may be none, for messages. */
  public static String howToGet(NativeVersion version) {
    return "no "
        + NAME
        + " "
        + version
        + ": it takes Python 3 with venv and pip, and a download"
        + " (log "
        + ROOT.resolve(version + ".log")
        + ")";
  }

  /** The script that steers a native node, as a file. */
  public static Path script() {
    return script("net/native_node.py");
  }

  /** A script among our resources, as a file. */
  public static Path script(String resource) {
    Path script = ROOT.resolve(Path.of(resource).getFileName());
    try (InputStream content =
        Objects.requireNonNull(NativePackage.class.getResourceAsStream("/" + resource))) {
      Files.createDirectories(ROOT);
      Path fresh = Files.createTempFile(ROOT, "script", ".py");
      Files.copy(content, fresh, StandardCopyOption.REPLACE_EXISTING);
      return Files.move(fresh, script, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Path> findOrInstall(NativeVersion version) {
    Path folder = ROOT.resolve(version.toString());
    Path python = folder.resolve("bin/python");
    try {
      Files.createDirectories(ROOT);
      try (FileChannel channel =
              FileChannel.open(
                  ROOT.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (lock.isValid() && !has(python, version)) {
          install(version, folder, python);
        }
      }
      return has(python, version) ? Optional.of(python) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean has(Path python, NativeVersion version) throws IOException {
    String check =
        "import net, importlib.metadata as m; assert m.version('%s') == '%s'"
            .formatted(NAME, version);
    return Files.isExecutable(python) && run(version, python.toString(), "-c", check);
  }

  /** A release has wheels for some versions of Python only, so the next one is tried. */
  private static void install(NativeVersion version, Path folder, Path python) throws IOException {
    for (String base : PYTHONS) {
      if (run(version, base, "-m", "venv", "--clear", folder.toString())
          && run(
              version,
              python.toString(),
              "-m",
              "pip",
              "install",
              "--only-binary",
              ":all:",
              "--disable-pip-version-check",
              "--retries",
              "1",
              NAME + "==" + version)) {
        return;
      }
    }
  }

  private static boolean run(NativeVersion version, String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Path log = ROOT.resolve(version + ".log");
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return false; // There is no such Python.
    }
    try {
      return process.waitFor(INSTALL_LIMIT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      process.destroyForcibly();
    }
  }
}
