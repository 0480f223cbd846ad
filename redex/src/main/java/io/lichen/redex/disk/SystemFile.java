// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.disk;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;

/** A file of the machine's file system. */
final class SystemFile implements DiskFile {
  private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(1 << 18).asReadOnlyBuffer();

  private final FileChannel channel;

  SystemFile(FileChannel channel) {
    this.channel = channel;
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public MemorySegment map(long bytes, Arena arena) throws IOException {
    long size = channel.size();
    if (size < bytes) {
      extend(size, bytes);
    }
    return channel.map(MapMode.READ_WRITE, 0, bytes, arena);
  }

  /**
   * A file with holes would fail at some later store, for want of room, in a way that nobody can
   * handle.
   */
  private void extend(long from, long to) throws IOException {
    ByteBuffer zeros = ZEROS.duplicate();
    try {
      for (long at = from; at < to; at += zeros.position()) {
        zeros.clear().limit((int) Math.min(zeros.capacity(), to - at));
        channel.write(zeros, at);
      }
    } catch (IOException e) {
      channel.truncate(from);
      throw e;
    }
  }

  @Override
  public boolean growsInPlace() {
    return true;
  }

  @Override
  public void truncate(long bytes) throws IOException {
    channel.truncate(bytes);
  }

  @Override
  public void force() throws IOException {
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
