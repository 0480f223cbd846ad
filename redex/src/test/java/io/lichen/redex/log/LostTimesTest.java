// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.redex.RedexConfig;
import io.lichen.redex.Retention;
import io.lichen.redex.disk.SimDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Records that outlived a failure of power which their times did not. */
class LostTimesTest {
  private static final Path DIRECTORY = Path.of("/base/a");
  private static final Path TIMES = DIRECTORY.resolve("v0000000001/ts");
  private static final int RECORDS = 5;

  private final SimDisk disk = new SimDisk();
  private long unixNs = Duration.ofDays(20_000).toNanos();

  private LogFile open() {
    RedexConfig config =
        RedexConfig.onDisk().withRetention(Retention.ALL.withMaxAge(Duration.ofHours(1)));
    return LogFile.onDisk("a", config, disk, DIRECTORY, () -> unixNs);
  }

  @Test
  void shouldNotTakeThemForOld() throws IOException {
    LogFile log = open();
    for (int i = 0; i < RECORDS; i++) {
      log.append(new byte[] {(byte) i});
    }
    log.close();
    byte[] times = disk.read(TIMES);
    Arrays.fill(times, times.length - 2 * Long.BYTES, times.length, (byte) 0);
    disk.put(TIMES, times);

    LogFile again = open();
    again.sweepRetention();
    assertEquals(RECORDS, again.size());
    unixNs += Duration.ofHours(2).toNanos();
    again.sweepRetention();
    assertEquals(0, again.size());
    again.close();
  }
}
