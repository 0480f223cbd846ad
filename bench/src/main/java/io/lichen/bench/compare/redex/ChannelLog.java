// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare.redex;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Nothing but one file: each append is one write of the payload and its length, and, where it is to
 * be durable, one force. What a log is made of, without a log.
 */
final class ChannelLog implements LogDriver {
  private static final int BUFFER_BYTES = 1 << 20;

  private final FileChannel channel;
  private final boolean isForced;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private long records;

  ChannelLog(Path directory, String durability) throws IOException {
    Files.createDirectories(directory);
    channel =
        FileChannel.open(
            directory.resolve("log"), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    isForced = durability.equals(LogLoad.SYNC);
  }

  @Override
  public synchronized void append(byte[] payload) throws IOException {
    buffer.clear().putInt(payload.length).put(payload);
    records++;
    write();
  }

  @Override
  public synchronized void appendBatch(List<byte[]> payloads) throws IOException {
    buffer.clear();
    for (byte[] payload : payloads) {
      buffer.putInt(payload.length).put(payload);
    }
    records += payloads.size();
    write();
  }

  private void write() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    if (isForced) {
      channel.force(false);
    }
  }

  @Override
  public synchronized long size() {
    return records;
  }

  @Override
  public long read(long records) {
    throw new UnsupportedOperationException("it is only written");
  }

  @Override
  public void follow(long records, LongConsumer stamps) {
    throw new UnsupportedOperationException("it is only written");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
