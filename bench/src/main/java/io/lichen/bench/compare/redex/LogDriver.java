// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare.redex;

import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/** One log under measurement. Appends come from any thread. */
interface LogDriver extends AutoCloseable {
  /** Opens logs of one kind. */
  @FunctionalInterface
  interface Factory {
    /**
     * Opens the log in a directory, which is made if it is missing.
     *
     * @param durability see {@link LogLoad}
     */
    LogDriver open(Path directory, String durability) throws Exception;
  }

  /** Appends a record, as durable as was asked for. */
  void append(byte[] payload) throws Exception;

  /** Appends records at once. */
  void appendBatch(List<byte[]> payloads) throws Exception;

  /** Records that are there. */
  long size();

  /** Reads so many records from the beginning, a thousand at a time; octets of their payloads. */
  long read(long records);

  /**
   * Reads this many records from the first, as they come; says of each what {@link System#nanoTime}
   * it holds.
   */
  void follow(long records, LongConsumer stamps) throws Exception;

  @Override
  void close();
}
