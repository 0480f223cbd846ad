// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.log;

import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.disk.Disk;
import io.lichen.redex.disk.DiskFile;
import io.lichen.redex.format.Manifest;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log's directory: which of its generations is live (docs/wire/redex-files.md, "Choosing the
 * generation"). Generations are unsigned numbers.
 */
final class LogDirectory {
  static final String MANIFEST = "manifest";
  static final String INDEX = "idx";
  static final String DATA = "dat";
  static final String TIMES = "ts";
  static final String NEXT_SEQ = "lichen.seq";
  static final String TERMS = "lichen.terms";
  static final String TERMS_NEXT = "lichen.terms.tmp";

  /** Names of generations: what else a directory holds is another log's. */
  static final Pattern GENERATION = Pattern.compile("v[0-9]{10}");

  private static final Logger LOG = LoggerFactory.getLogger(LogDirectory.class);
  static final String MANIFEST_NEXT = "manifest.tmp";
  private static final List<String> FILES = List.of(INDEX, DATA, TIMES);
  private static final long LAST = 0xFFFF_FFFFL;

  private final Disk disk;
  private final Path path;

  LogDirectory(Disk disk, Path path) {
    this.disk = disk;
    this.path = path;
  }

  Disk disk() {
    return disk;
  }

  Path path() {
    return path;
  }

  /** Makes the directory if it is missing, with those above it, so that they stay. */
  void create() throws IOException {
    create(path);
  }

  private void create(Path directory) throws IOException {
    Path above = directory.getParent();
    if (above != null && !disk.isDirectory(directory)) {
      create(above);
      disk.createDirectory(directory);
      disk.forceDirectory(above);
    }
  }

  /** Where a generation's files lie. */
  Path of(long generation) {
    return path.resolve("v%010d".formatted(generation));
  }

  /**
   * The live generation, which is made if there is none.
   *
   * @throws RedexException {@link RedexError#DAMAGED} if what there is would be lost by that
   */
  long choose() throws IOException {
    OptionalLong named = named();
    if (named.isPresent() && isComplete(named.getAsLong())) {
      return named.getAsLong();
    }
    List<Long> generations = generations();
    Optional<Long> newest =
        generations.stream().filter(this::isComplete).max(Comparator.naturalOrder());
    if (newest.isEmpty()) {
      newest = generations.stream().max(Comparator.naturalOrder()).filter(this::isReadable);
    }
    if (newest.isPresent()) {
      LOG.warn("{}: no usable manifest; the newest generation is {}", path, newest.get());
      name(newest.get());
      return newest.get();
    }
    return begin();
  }

  /** The generation that the manifest names, whole or not. */
  OptionalLong named() throws IOException {
    Path manifest = path.resolve(MANIFEST);
    return disk.isFile(manifest) ? Manifest.decode(disk.read(manifest)) : OptionalLong.empty();
  }

  /** Whether there is a log. */
  boolean exists() throws IOException {
    return disk.isFile(path.resolve(MANIFEST))
        || disk.isFile(path.resolve(INDEX))
        || !generations().isEmpty();
  }

  private boolean isComplete(long generation) {
    return FILES.stream().allMatch(name -> disk.isFile(of(generation).resolve(name)));
  }

  /**
   * Whether a later generation lacks nothing but its times, which can be made up for. The native
   * begins anew and deletes it. One that lacks more was not lost by a crash.
   */
  private boolean isReadable(long generation) {
    if (generation == 1) {
      return false;
    }
    Path directory = of(generation);
    boolean hasIndex = disk.isFile(directory.resolve(INDEX));
    boolean hasData = disk.isFile(directory.resolve(DATA));
    if (hasIndex != hasData) {
      throw new RedexException(
          RedexError.DAMAGED,
          directory + " has no file " + (hasIndex ? DATA : INDEX) + ", and no generation is whole");
    }
    return hasIndex;
  }

  /** The first generation, with the files of the oldest layout if there are any. */
  private long begin() throws IOException {
    Path first = of(1);
    disk.createDirectory(first);
    for (String name : FILES) {
      if (disk.isFile(path.resolve(name))) {
        disk.rename(path.resolve(name), first.resolve(name));
      }
    }
    disk.forceDirectory(first);
    disk.forceDirectory(path);
    name(1);
    return 1;
  }

  /** Makes a generation the live one, at once and for good. */
  void name(long generation) throws IOException {
    replace(MANIFEST, MANIFEST_NEXT, Manifest.encode(generation));
  }

  /** Replaces a file by way of another one, at once and for good. */
  void replace(String name, String nextName, byte[] content) throws IOException {
    Path next = path.resolve(nextName);
    disk.delete(next);
    try (DiskFile file = disk.open(next);
        Arena arena = Arena.ofShared()) {
      MemorySegment.copy(
          MemorySegment.ofArray(content), 0, file.map(content.length, arena), 0, content.length);
      file.force();
    }
    disk.rename(next, path.resolve(name));
    disk.forceDirectory(path);
  }

  /** The number after a generation's. */
  static long after(long generation) throws IOException {
    if (generation == LAST) {
      throw new IOException("there is no generation after " + generation);
    }
    return generation + 1;
  }

  /** Removes every other generation and what an interrupted change left; failures do no harm. */
  void sweep(long live) {
    try {
      disk.delete(path.resolve(MANIFEST_NEXT));
      for (long generation : generations()) {
        if (generation != live) {
          disk.delete(of(generation));
        }
      }
    } catch (IOException e) {
      LOG.warn("{}: could not remove what is no longer needed: {}", path, e.toString());
    }
  }

  /** The numbers of all generations, in no order. */
  List<Long> generations() throws IOException {
    return disk.list(path).stream()
        .filter(name -> GENERATION.matcher(name).matches())
        .map(name -> Long.parseLong(name.substring(1)))
        .filter(generation -> generation >= 1 && generation <= LAST)
        .toList();
  }
}
