// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.log;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.lichen.redex.RedexReport;
import io.lichen.redex.RedexReport.Damage;
import io.lichen.redex.RedexReport.Reason;
import io.lichen.redex.disk.Disk;
import io.lichen.redex.disk.DiskFile;
import io.lichen.redex.format.IndexRecords;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Looks at a log as recovery would, on a disk that does not change. */
public final class Inspection {
  private Inspection() {}

  /** Looks at the log in a directory. */
  public static RedexReport of(String name, Disk disk, Path path) throws IOException {
    LogDirectory directory = new LogDirectory(disk, path);
    OptionalLong named = directory.named();
    List<Long> others = new ArrayList<>(directory.generations());
    long live = directory.choose();
    others.remove(live);
    try (GenerationFiles files = GenerationFiles.open(disk, directory.of(live));
        Arena arena = Arena.ofShared()) {
      MemorySegment index = mapped(files.index(), arena);
      MemorySegment data = mapped(files.data(), arena);
      Recovery.Result found = Recovery.run(files);
      List<Damage> damaged = damaged(index, data, found);
      long kept = found.records() - found.damaged().length;
      return new RedexReport(
          name,
          live,
          named.isPresent() && named.getAsLong() == live,
          others,
          kept,
          damaged,
          kept == 0
              ? OptionalLong.empty()
              : OptionalLong.of(IndexRecords.seq(index, Positions.without(found.damaged()).of(0))),
          DiskStore.next(found, disk, path),
          found.dataBytes(),
          cut(index, found.records()),
          data.byteSize() - found.dataBytes(),
          found.knowsTimes());
    }
  }

  private static MemorySegment mapped(DiskFile file, Arena arena) throws IOException {
    return file.size() == 0 ? MemorySegment.NULL : file.map(file.size(), arena);
  }

  /** Octets behind the records that stay, but for the zeros that a writer had made room with. */
  private static long cut(MemorySegment index, long records) {
    long end = index.byteSize();
    while (end > records * IndexRecords.BYTES && index.get(JAVA_BYTE, end - 1) == 0) {
      end--;
    }
    return end - records * IndexRecords.BYTES;
  }

  private static List<Damage> damaged(
      MemorySegment index, MemorySegment data, Recovery.Result found) {
    List<Damage> damaged = new ArrayList<>();
    for (long position : found.damaged()) {
      // A native went on behind the room that a killed Lichen had made: nothing was lost there.
      if (!IndexRecords.isBlank(index, position)) {
        boolean isIntact = IndexRecords.isIntact(index, position, data, found.dataBytes());
        boolean isTorn = IndexRecords.isTorn(index, position);
        Reason intact = isTorn ? Reason.TORN : Reason.DISORDER;
        damaged.add(damage(index, position, isIntact ? intact : Reason.CHECKSUM));
      }
    }
    long end = index.byteSize() / IndexRecords.BYTES;
    for (long position = found.records(); position < end; position++) {
      if (!IndexRecords.isBlank(index, position)) {
        boolean isIntact = IndexRecords.isIntact(index, position, data, data.byteSize());
        damaged.add(damage(index, position, isIntact ? Reason.DISORDER : Reason.TORN));
      }
    }
    return damaged;
  }

  private static Damage damage(MemorySegment index, long position, Reason reason) {
    return new Damage(position, IndexRecords.seq(index, position), reason);
  }
}
