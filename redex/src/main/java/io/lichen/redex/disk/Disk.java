// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a log needs of a file system: little enough that a test can stand in for it and lose what
 * was never forced. Thread-safe for different files.
 */
public interface Disk {
  /** Whether nothing is changed on it, whatever it is told. */
  default boolean isReadOnly() {
    return false;
  }

  /**
   * Tells one start of the machine from another: what was written but not forced may be lost in
   * between. 0 if that is not known.
   */
  default long boot() {
    return 0;
  }

  /** Whether there is a regular file. */
  boolean isFile(Path path);

  /** The names in a directory, in no order; empty if there is no such directory. */
  List<String> list(Path directory) throws IOException;

  /** Whether there is a directory. */
  boolean isDirectory(Path path);

  /** Makes a directory in one that exists; nothing happens if it is there. */
  void createDirectory(Path directory) throws IOException;

  /** Opens a file for reading and writing, and makes it if it is missing. */
  DiskFile open(Path path) throws IOException;

  /** A whole file. */
  byte[] read(Path path) throws IOException;

  /** Renames a file over another one or to a new place, at once. */
  void rename(Path from, Path to) throws IOException;

  /** Removes a file, or a directory with all that is in it; nothing happens if there is none. */
  void delete(Path path) throws IOException;

  /** Makes what was created, renamed and removed in a directory durable. */
  void forceDirectory(Path directory) throws IOException;
}
