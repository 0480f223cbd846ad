// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare.redex;

import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;

/** Chronicle Queue as it comes: payloads as bytes, by one thread. It has no batches. */
final class ChronicleLog implements LogDriver {
  /** What the queue needs to run on a JDK of today; from its documentation. */
  static final List<String> OPTIONS =
      List.of(
          "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
          "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-exports=jdk.unsupported/sun.misc=ALL-UNNAMED",
          "--add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED",
          "--add-opens=jdk.compiler/com.sun.tools.javac=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-Dchronicle.analytics.disable=true",
          "-Xmx512m");

  private final ChronicleQueue queue;
  private final ExcerptAppender appender;
  private final Bytes<?> buffer = Bytes.allocateElasticDirect();

  ChronicleLog(Path directory, String durability) {
    queue = ChronicleQueue.single(directory.toString());
    appender = queue.createAppender();
  }

  @Override
  public void append(byte[] payload) {
    buffer.clear().write(payload);
    appender.writeBytes(buffer);
  }

  @Override
  public void appendBatch(List<byte[]> payloads) {
    payloads.forEach(this::append);
  }

  @Override
  public long size() {
    return queue.rollCycle().toSequenceNumber(appender.lastIndexAppended()) + 1;
  }

  @Override
  public long read(long records) {
    long bytes = 0;
    try (ExcerptTailer tailer = queue.createTailer().toStart()) {
      Bytes<?> in = Bytes.allocateElasticDirect();
      for (long i = 0; i < records && tailer.readBytes(in.clear()); i++) {
        bytes += in.readRemaining();
      }
      in.releaseLast();
    }
    return bytes;
  }

  @Override
  public void follow(long records, LongConsumer stamps) {
    try (ExcerptTailer tailer = queue.createTailer().toStart()) {
      Bytes<?> in = Bytes.allocateElasticDirect();
      for (long i = 0; i < records; i++) {
        while (!tailer.readBytes(in.clear())) {
          Thread.onSpinWait();
        }
        stamps.accept(Long.reverseBytes(in.readLong()));
      }
      in.releaseLast();
    }
  }

  @Override
  public void close() {
    buffer.releaseLast();
    appender.close();
    queue.close();
  }
}
