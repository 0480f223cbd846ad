// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.disk;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The file system of the machine, on which changes are made in mind only: what is created, renamed
 * or cut is so for whoever asks here, and for nobody else. Not thread-safe.
 */
public final class ReadOnlyDisk implements Disk {
  private final Disk disk = new SystemDisk();

  /** Where a file's content is, if not under its own name. */
  private final Map<Path, Path> renamed = new HashMap<>();

  /** Files that are there in mind only. */
  private final Map<Path, MemoryFile> imagined = new HashMap<>();

  @Override
  public boolean isReadOnly() {
    return true;
  }

  @Override
  public boolean isFile(Path path) {
    return imagined.containsKey(path) || disk.isFile(renamed.getOrDefault(path, path));
  }

  @Override
  public boolean isDirectory(Path path) {
    return true;
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    return disk.list(directory);
  }

  @Override
  public void createDirectory(Path directory) {}

  @Override
  public DiskFile open(Path path) throws IOException {
    Path real = renamed.getOrDefault(path, path);
    return disk.isFile(real)
        ? new View(FileChannel.open(real, StandardOpenOption.READ))
        : imagined.computeIfAbsent(path, any -> new MemoryFile());
  }

  @Override
  public byte[] read(Path path) throws IOException {
    if (!isFile(path)) {
      throw new NoSuchFileException(path.toString());
    }
    return Files.readAllBytes(renamed.getOrDefault(path, path));
  }

  @Override
  public void rename(Path from, Path to) {
    imagined.remove(from);
    renamed.put(to, renamed.getOrDefault(from, from));
  }

  @Override
  public void delete(Path path) {}

  @Override
  public void forceDirectory(Path directory) {}

  /** A file as it was when it was opened, and as it is now where it is read only then. */
  private static final class View implements DiskFile {
    private final FileChannel channel;
    private long size;

    View(FileChannel channel) throws IOException {
      this.channel = channel;
      this.size = channel.size();
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public MemorySegment map(long bytes, Arena arena) throws IOException {
      if (bytes <= size) {
        return channel.map(MapMode.READ_ONLY, 0, bytes, arena);
      }
      MemorySegment longer = arena.allocate(bytes, Long.BYTES);
      if (size > 0) {
        longer.copyFrom(channel.map(MapMode.READ_ONLY, 0, size, arena));
      }
      return longer;
    }

    @Override
    public void truncate(long bytes) {
      size = Math.min(size, bytes);
    }

    @Override
    public void force() {}

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
