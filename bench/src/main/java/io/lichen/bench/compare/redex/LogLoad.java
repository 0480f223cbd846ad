// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare.redex;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What is appended to a new log.
 *
 * @param row as reports call it
 * @param size of a payload, in octets
 * @param batch records in a call; 1 for single appends
 * @param records altogether
 * @param durability {@link #NEVER} and its like
 * @param writers threads; those that are a native's wrapper share one interpreter, so it has one
 */
record LogLoad(String row, int size, int batch, long records, String durability, int writers) {
  static final String NEVER = "never";
  static final String EVERY_N = "every";
  static final String INTERVAL = "interval";
  static final String SYNC = "sync";

  /** Records between two times under {@link #EVERY_N}. */
  static final int EVERY_RECORDS = 1000;

  /** Milliseconds between two times under {@link #INTERVAL}. */
  static final int EVERY_MS = 10;

  /** What a log takes besides a payload. */
  private static final long RECORD_BYTES = 32;

  private static final long LOG_BYTES = 20_000_000;

  static final LogLoad SMALL = single("64 B", 64, 500_000);
  static final LogLoad MIDDLE = single("1 KiB", 1024, 200_000);
  static final LogLoad LARGE = single("64 KiB", 1 << 16, 3000);

  /** What is opened and read again and again. */
  static final LogLoad KEPT = single("64 B read", 64, 1_000_000);

  static final LogLoad SMALL_BATCH = new LogLoad("64 B by 100", 64, 100, 1_000_000, NEVER, 1);
  static final LogLoad MIDDLE_BATCH = new LogLoad("1 KiB by 100", 1024, 100, 200_000, NEVER, 1);
  static final LogLoad FORCED = new LogLoad("64 B forced", 64, 1, 3000, SYNC, 32);

  /** Each append forced on its own. */
  static final LogLoad FORCED_ALONE = new LogLoad("64 B forced", 64, 1, 200, SYNC, 1);

  /** Single appends under the policies that force in the background. */
  static final List<LogLoad> POLICIES =
      List.of(
          new LogLoad("64 B every 1000", 64, 1, 300_000, EVERY_N, 1),
          new LogLoad("64 B every 10 ms", 64, 1, 300_000, INTERVAL, 1));

  private static LogLoad single(String row, int size, long records) {
    return new LogLoad(row, size, 1, records, NEVER, 1);
  }

  /** The same with fewer records. */
  LogLoad of(long fewer) {
    return new LogLoad(row, size, batch, Math.min(fewer, records), durability, writers);
  }

  /** About as many octets as all files take. */
  long bytes() {
    return records * (size + RECORD_BYTES);
  }

  /**
   * How many logs share the load, one after the other, each removed before the next: so large that
   * the memory of one is at hand for the next, whatever the machine does with what is free.
   */
  int logs() {
    return durability.equals(NEVER) ? (int) Math.max(1, bytes() / LOG_BYTES) : 1;
  }

  /** What one of {@link #logs} takes. */
  LogLoad ofOneLog() {
    return of(records / logs());
  }

  void tell(ObjectNode command) {
    command
        .put("size", size)
        .put("batch", batch)
        .put("records", records)
        .put("durability", durability)
        .put("writers", writers);
  }
}
