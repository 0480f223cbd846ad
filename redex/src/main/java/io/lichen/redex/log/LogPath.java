// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.log;

import io.lichen.crypto.ChannelName;
import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.disk.DirectoryLock;
import io.lichen.redex.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Where a log's directory lies: a level for each segment of its name. */
public final class LogPath {
  private static final Set<String> OWN_FILES =
      Set.of(
          LogDirectory.MANIFEST,
          LogDirectory.MANIFEST_NEXT,
          LogDirectory.INDEX,
          LogDirectory.DATA,
          LogDirectory.TIMES,
          LogDirectory.NEXT_SEQ,
          LogDirectory.TERMS,
          LogDirectory.TERMS_NEXT,
          DirectoryLock.FILE_NAME);

  private LogPath() {}

  /**
   * The directory of a log.
   *
   * @throws RedexException {@link RedexError#NAME} if another log may have its own files there: the
   *     native accepts such names, and deletes the log
   */
  public static Path of(Path base, ChannelName name) {
    Path path = base;
    for (String segment : name.text().split("/", -1)) {
      if (isOwn(segment)) {
        throw new RedexException(
            RedexError.NAME,
            "log "
                + name
                + " cannot be on disk: logs keep files of their own by the name "
                + segment);
      }
      path = path.resolve(segment);
    }
    return path;
  }

  /** Whether there is a log with this name. */
  public static boolean isLog(Disk disk, Path base, ChannelName name) throws IOException {
    return new LogDirectory(disk, of(base, name)).exists();
  }

  /** The names of all logs below a directory, in their order. */
  public static SortedSet<String> names(Disk disk, Path base) throws IOException {
    SortedSet<String> names = new TreeSet<>();
    collect(disk, base, "", names);
    return names;
  }

  private static void collect(Disk disk, Path directory, String prefix, Set<String> names)
      throws IOException {
    for (String segment : disk.list(directory)) {
      String name = prefix + segment;
      Path below = directory.resolve(segment);
      if (ChannelName.isValid(name) && !isOwn(segment) && disk.isDirectory(below)) {
        if (new LogDirectory(disk, below).exists()) {
          names.add(name);
        }
        collect(disk, below, name + "/", names);
      }
    }
  }

  private static boolean isOwn(String segment) {
    return OWN_FILES.contains(segment) || LogDirectory.GENERATION.matcher(segment).matches();
  }

  /** Removes a log's own files, but not the logs whose names begin with its name. */
  public static void remove(Disk disk, Path base, ChannelName name) throws IOException {
    Path path = of(base, name);
    for (String entry : disk.list(path)) {
      if (isOwn(entry)) {
        disk.delete(path.resolve(entry));
      }
    }
    if (disk.list(path).isEmpty()) {
      disk.delete(path);
    }
  }
}
