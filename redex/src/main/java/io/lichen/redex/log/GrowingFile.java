// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.log;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.lichen.redex.disk.DiskFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A mapped file that is longer than what was written to it, so that writing is a store. Written by
 * one thread at a time; {@link #bytes} may be read by any. A large one that is written on and on
 * grows ahead, on another thread, so that the writer finds the next step ready.
 */
final class GrowingFile {
  private static final Logger LOG = LoggerFactory.getLogger(GrowingFile.class);

  private static final long LARGEST_STEP = 1L << 22;

  /** From this size on a file grows ahead: a small one would be mostly room. */
  private static final long SMALLEST_AHEAD = 1L << 20;

  private static final long PAGE_BYTES = 1L << 12;
  private static final MemorySegment NOTHING = MemorySegment.ofArray(new byte[0]);

  private final DiskFile file;
  private final Arena arena;
  private final long firstStep;

  /** Held while the file's size changes. */
  private final ReentrantLock growth = new ReentrantLock();

  private volatile MemorySegment bytes;
  private @Nullable MemorySegment ahead;
  private boolean hasEnded;

  /** Takes a file of this size. It grows when there is something to write, not before. */
  GrowingFile(DiskFile file, long size, long firstStep, Arena arena) throws IOException {
    this.file = file;
    this.arena = arena;
    this.firstStep = firstStep;
    this.bytes = size == 0 ? NOTHING : file.map(size, arena);
  }

  /** The file from its beginning; what is beyond what was written means nothing. */
  MemorySegment bytes() {
    return bytes;
  }

  /**
   * The file with room for so many octets.
   *
   * @throws IOException if there is none; nothing has changed then
   */
  MemorySegment withRoomFor(long size) throws IOException {
    MemorySegment now = bytes;
    return size <= now.byteSize() ? now : grow(size);
  }

  private MemorySegment grow(long size) throws IOException {
    growth.lock();
    try {
      MemorySegment longer = ahead;
      ahead = null;
      if (longer == null || longer.byteSize() < size) {
        longer = longer(Math.max(size, afterStep()));
      }
      bytes = longer;
      if (file.growsInPlace() && longer.byteSize() >= SMALLEST_AHEAD) {
        Thread.startVirtualThread(this::growAhead);
      }
      return longer;
    } finally {
      growth.unlock();
    }
  }

  private MemorySegment longer(long size) throws IOException {
    return file.growsInPlace()
        ? Apart.await(Apart.start(() -> file.map(size, arena)))
        : file.map(size, arena);
  }

  private long afterStep() {
    long size = bytes.byteSize();
    return size + Math.clamp(size, firstStep, LARGEST_STEP);
  }

  /** Makes the step after this one. The writer waits for it if it comes too early. */
  private void growAhead() {
    growth.lock();
    try {
      if (!hasEnded && ahead == null) {
        MemorySegment longer = file.map(afterStep(), arena);
        touch(longer, bytes.byteSize());
        ahead = longer;
      }
    } catch (IOException e) {
      LOG.debug("no room ahead; the writer tries again when it needs it, and is told", e);
    } finally {
      growth.unlock();
    }
  }

  /** So that the writer does not meet a page that the system has yet to find for it. */
  private static void touch(MemorySegment bytes, long from) {
    for (long at = from; at < bytes.byteSize(); at += PAGE_BYTES) {
      bytes.set(JAVA_BYTE, at, (byte) 0);
    }
  }

  /** Makes what was written durable. */
  boolean force() throws IOException {
    file.force();
    return true;
  }

  /** Leaves in the file what was written, and closes it; the mapping stays. */
  void end(long size) throws IOException {
    growth.lock();
    try {
      hasEnded = true;
      ahead = null;
      file.truncate(size);
    } finally {
      file.close();
      growth.unlock();
    }
  }
}
