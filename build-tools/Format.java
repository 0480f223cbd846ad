// SPDX-License-Identifier: Apache-2.0

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Holds every Java source against google-java-format. Run by the root build on the toolchain's JDK,
 * because the formatter parses with the compiler of the JDK that it runs on, and Maven may run on an
 * older one: {@code check} fails on a difference, {@code write} mends it.
 */
final class Format {
  private Format() {}

  public static void main(String[] args) throws IOException {
    boolean write = args.length > 0 && args[0].equals("write");
    Path root = Path.of(args.length > 1 ? args[1] : ".");
    AtomicInteger bad = new AtomicInteger();
    sources(root).parallelStream().forEach(file -> bad.addAndGet(visit(file, write)));
    if (bad.get() > 0 && !write) {
      System.err.println(bad + " file(s) are not formatted; mend them with: mvn -pl .,bom process-sources -Dformat.mode=write");
      System.exit(1);
    }
  }

  private static List<Path> sources(Path root) throws IOException {
    try (Stream<Path> modules = Files.list(root)) {
      return modules
          .map(module -> module.resolve("src"))
          .filter(Files::isDirectory)
          .flatMap(Format::javaFiles)
          .toList();
    }
  }

  private static Stream<Path> javaFiles(Path folder) {
    try {
      return Files.walk(folder).filter(file -> file.toString().endsWith(".java"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static int visit(Path file, boolean write) {
    try {
      String before = Files.readString(file);
      String after =
          new Formatter()
              .formatSource(
                  RemoveUnusedImports.removeUnusedImports(
                      ImportOrderer.reorderImports(before, JavaFormatterOptions.Style.GOOGLE)));
      if (before.equals(after)) {
        return 0;
      }
      System.err.println((write ? "formatted " : "not formatted: ") + file);
      if (write) {
        Files.writeString(file, after);
      }
      return 1;
    } catch (IOException | FormatterException e) {
      System.err.println("cannot format " + file + ": " + e.getMessage());
      return 1;
    }
  }
}
