// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss.ffi;

import io.lichen.transport.moss.Era;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the natives: system property {@code moss.library} (era C) or {@code moss.library.v03} (era
 * A), else the environment's {@code MOSS_LIBRARY} or {@code MOSS_LIBRARY_V03}, else {@code
 * libmoss.so} or {@code libmoss-v03.so} on the usual library path.
 */
public final class MossLibraries {
  private static final List<String> USUAL_FOLDERS =
      List.of(
          "/usr/local/lib",
          "/usr/local/lib64",
          "/usr/lib",
          "/usr/lib64",
          "/usr/lib/x86_64-linux-gnu",
          "/usr/lib/aarch64-linux-gnu",
          "/opt/homebrew/lib");

  private MossLibraries() {}

  /**
   * The library of an era, if this machine has it. A path that was named and is not there: none.
   */
  public static Optional<Path> find(Era era) {
    String named = named(era);
    if (named != null && !named.isBlank()) {
      return Optional.of(Path.of(named)).filter(Files::isRegularFile);
    }
    String file = System.mapLibraryName(era == Era.A ? "moss-v03" : "moss");
    return folders().stream()
        .map(folder -> Path.of(folder, file))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /** How one would name the library of an era, for messages. */
  public static String howToName(Era era) {
    return era == Era.A
        ? "-Dmoss.library.v03=… or MOSS_LIBRARY_V03"
        : "-Dmoss.library=… or MOSS_LIBRARY";
  }

  private static @Nullable String named(Era era) {
    String suffix = era == Era.A ? ".v03" : "";
    String property = System.getProperty("moss.library" + suffix);
    if (property != null) {
      return property;
    }
    return System.getenv(era == Era.A ? "MOSS_LIBRARY_V03" : "MOSS_LIBRARY");
  }

  private static List<String> folders() {
    List<String> folders = new ArrayList<>();
    addPath(folders, System.getProperty("java.library.path"));
    addPath(folders, System.getenv("LD_LIBRARY_PATH"));
    folders.addAll(USUAL_FOLDERS);
    return folders;
  }

  private static void addPath(List<String> folders, @Nullable String path) {
    if (path != null) {
      for (String folder : path.split(File.pathSeparator, -1)) {
        if (!folder.isBlank()) {
          folders.add(folder);
        }
      }
    }
  }
}
