// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.disk;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file system in memory that can lose its power: then of what was not forced some pages, sizes
 * and names are as they were written and others as they were before. Not thread-safe.
 */
public final class SimDisk implements Disk {
  private static final int PAGE = 512;
  private static final int MOST_BYTES = 1 << 18;

  private final Map<Path, SimFile> live = new TreeMap<>();
  private final Map<Path, SimFile> durable = new HashMap<>();
  private final Set<Path> directories = new HashSet<>();
  private final Set<Path> durableDirectories = new HashSet<>();
  private long roomBytes = Long.MAX_VALUE;
  private boolean failsForces;
  private boolean failsMappings;
  private long stepsLeft = Long.MAX_VALUE;
  private long boot = 1;

  /** Lets every forcing of a file fail, or succeed again. */
  public void failForces(boolean value) {
    failsForces = value;
  }

  /** Lets every mapping fail, as where a process may have no more, or succeed again. */
  public void failMappings(boolean value) {
    failsMappings = value;
  }

  /** Lets so many more changes of the disk succeed, and no other until the power is back. */
  public void failAfter(long steps) {
    stepsLeft = steps;
  }

  private void step() throws IOException {
    if (stepsLeft-- <= 0) {
      throw new IOException("the power is gone");
    }
  }

  @Override
  public long boot() {
    return boot;
  }

  /** Lets files grow by so much in all and no more. */
  public void limit(long bytes) {
    roomBytes = bytes;
  }

  /** Puts a file, durable. */
  public void put(Path path, byte[] content) throws IOException {
    SimFile file = new SimFile();
    file.bytes.asSlice(0, content.length).copyFrom(MemorySegment.ofArray(content));
    file.size = content.length;
    file.force();
    createDirectories(Objects.requireNonNull(path.getParent()));
    live.put(path, file);
    durable.put(path, file);
  }

  /** Changes an octet of a payload file, for good. */
  public void rot(Random random) {
    for (Map.Entry<Path, SimFile> one : live.entrySet()) {
      if (one.getKey().endsWith("dat") && one.getValue().size > 0) {
        SimFile file = one.getValue();
        long at = random.nextLong(file.size);
        file.bytes.set(JAVA_BYTE, at, (byte) (file.bytes.get(JAVA_BYTE, at) + 1));
        file.force();
        return;
      }
    }
  }

  /** Ends all that is open, and leaves what a machine finds after its power was cut. */
  public void losePower(Random random) {
    stepsLeft = Long.MAX_VALUE;
    boot++;
    Map<Path, SimFile> found = new HashMap<>();
    Set<Path> paths = new HashSet<>(live.keySet());
    paths.addAll(durable.keySet());
    for (Path path : paths.stream().sorted().toList()) {
      SimFile file = random.nextBoolean() ? live.get(path) : durable.get(path);
      if (file != null && durableDirectories.containsAll(above(path))) {
        found.put(path, file.afterLoss(random));
      }
    }
    live.clear();
    live.putAll(found);
    durable.clear();
    durable.putAll(found);
    directories.retainAll(durableDirectories);
  }

  private Set<Path> above(Path path) {
    Set<Path> above = new HashSet<>();
    for (Path at = path.getParent(); at != null && directories.contains(at); at = at.getParent()) {
      above.add(at);
    }
    return above;
  }

  @Override
  public boolean isFile(Path path) {
    return live.containsKey(path);
  }

  @Override
  public boolean isDirectory(Path path) {
    return directories.contains(path);
  }

  @Override
  public List<String> list(Path directory) {
    return Stream.concat(live.keySet().stream(), directories.stream())
        .filter(path -> directory.equals(path.getParent()))
        .map(path -> path.getFileName().toString())
        .distinct()
        .toList();
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    step();
    directories.add(directory);
  }

  private void createDirectories(Path directory) {
    directories.add(directory);
    durableDirectories.add(directory);
  }

  @Override
  public DiskFile open(Path path) throws IOException {
    step();
    SimFile file = live.computeIfAbsent(path, any -> new SimFile());
    return new Handle(file);
  }

  @Override
  public byte[] read(Path path) throws IOException {
    SimFile file = live.get(path);
    if (file == null) {
      throw new NoSuchFileException(path.toString());
    }
    return file.bytes.asSlice(0, file.size).toArray(JAVA_BYTE);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    step();
    SimFile file = live.remove(from);
    if (file != null) {
      live.put(to, file);
    }
  }

  @Override
  public void delete(Path path) throws IOException {
    step();
    live.keySet().removeIf(file -> file.startsWith(path));
    directories.removeIf(directory -> directory.startsWith(path));
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    step();
    durableDirectories.removeIf(
        path -> directory.equals(path.getParent()) && !directories.contains(path));
    directories.stream()
        .filter(path -> directory.equals(path.getParent()))
        .forEach(durableDirectories::add);
    durable.keySet().removeIf(path -> directory.equals(path.getParent()));
    live.forEach(
        (path, file) -> {
          if (directory.equals(path.getParent())) {
            durable.put(path, file);
          }
        });
  }

  private static final class SimFile {
    final MemorySegment bytes = Arena.ofAuto().allocate(MOST_BYTES);
    long size;
    private byte[] forced = new byte[0];

    void force() {
      forced = bytes.asSlice(0, size).toArray(JAVA_BYTE);
    }

    SimFile afterLoss(Random random) {
      SimFile file = new SimFile();
      file.size = random.nextBoolean() ? size : forced.length;
      for (int at = 0; at < file.size; at += PAGE) {
        long end = Math.min(at + PAGE, file.size);
        boolean wasWritten = random.nextBoolean();
        for (int i = at; i < end; i++) {
          byte old = i < forced.length ? forced[i] : 0;
          byte written = i < size ? bytes.get(JAVA_BYTE, i) : 0;
          file.bytes.set(JAVA_BYTE, i, wasWritten ? written : old);
        }
      }
      file.force();
      return file;
    }
  }

  private final class Handle implements DiskFile {
    private @Nullable SimFile file;

    Handle(SimFile file) {
      this.file = file;
    }

    private SimFile file() throws IOException {
      if (file == null) {
        throw new IOException("the file is closed");
      }
      return file;
    }

    @Override
    public long size() throws IOException {
      return file().size;
    }

    @Override
    public MemorySegment map(long bytes, Arena arena) throws IOException {
      SimFile mapped = file();
      long more = bytes - mapped.size;
      if (more > 0) {
        if (more > roomBytes || bytes > MOST_BYTES) {
          throw new IOException("no space left on device");
        }
        roomBytes -= more;
        mapped.bytes.asSlice(mapped.size, more).fill((byte) 0);
        mapped.size = bytes;
      }
      if (failsMappings) {
        throw new IOException("Map failed", new OutOfMemoryError("Map failed"));
      }
      return mapped.bytes.asSlice(0, bytes);
    }

    @Override
    public void truncate(long bytes) throws IOException {
      step();
      file().size = Math.min(file().size, bytes);
    }

    @Override
    public void force() throws IOException {
      step();
      if (failsForces) {
        throw new IOException("input/output error");
      }
      file().force();
    }

    @Override
    public void close() {
      file = null;
    }
  }
}
