// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps a directory for one process, and in it for one owner. Natives do not look at it. */
public final class DirectoryLock implements AutoCloseable {
  /** The file that is locked. It stays when the lock is given up. */
  public static final String FILE_NAME = ".lichen.lock";

  // The system keeps locks for a process and gives them all up when it closes the file anywhere:
  // a second owner in this process must not even try.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Takes the lock of a directory that exists.
   *
   * @throws IOException if another owner has it, or the file cannot be made
   */
  public static DirectoryLock take(Path directory) throws IOException {
    Path real = directory.toRealPath();
    if (!HELD.add(real)) {
      throw new IOException(directory + " is in use by this process");
    }
    try {
      return new DirectoryLock(real, lock(real.resolve(FILE_NAME)));
    } catch (IOException e) {
      HELD.remove(real);
      throw e;
    }
  }

  private static FileChannel lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        throw new IOException(file.getParent() + " is in use by another process");
      }
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD.remove(directory);
    }
  }
}
