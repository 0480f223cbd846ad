// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.files;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path below a root that means the same file on every system: names alone, nothing that leads up,
 * aside or to a device.
 *
 * @param name with slashes between its segments; empty for the root
 * @param isFolder whether the path ended with a slash, or is the root
 */
public record SafePath(String name, boolean isFolder) {
  /** Devices of Windows, with or without an extension. */
  private static final Pattern DEVICE =
      Pattern.compile("(?i)(CON|PRN|AUX|NUL|CONIN\\$|CONOUT\\$|(COM|LPT)[0-9¹²³])(\\..*)?");

  /** What separates, leads to a drive or a second stream, or is cut off by Windows. */
  private static final Pattern TRICK = Pattern.compile("[\\\\/:\\p{Cntrl}]|[. ]$");

  /**
   * Reads a decoded path.
   *
   * @return null when it has an empty, hidden or dangerous segment
   */
  public static @Nullable SafePath parse(String path) {
    if (path.isEmpty()) {
      return new SafePath("", true);
    }
    boolean isFolder = path.endsWith("/");
    String name = isFolder ? path.substring(0, path.length() - 1) : path;
    boolean safe = List.of(name.split("/", -1)).stream().allMatch(SafePath::isSafe);
    return safe ? new SafePath(name, isFolder) : null;
  }

  /** The path of a file in this folder. */
  public SafePath file(String other) {
    return new SafePath(name.isEmpty() ? other : name + "/" + other, false);
  }

  /** What stands behind the last slash. */
  public String lastName() {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private static boolean isSafe(String segment) {
    return !segment.isEmpty()
        && !segment.startsWith(".")
        && !TRICK.matcher(segment).find()
        && !DEVICE.matcher(segment).matches();
  }
}
