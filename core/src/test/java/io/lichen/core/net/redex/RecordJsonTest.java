// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.redex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.lichen.core.net.NetError;
import io.lichen.core.net.NetException;
import io.lichen.redex.Redex;
import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.RedexFile;
import io.lichen.redex.RedexRecord;
import io.lichen.redex.RedexTail;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a caller of the C API would see of logs. */
class RecordJsonTest {
  @Test
  void shouldWriteARecordAsUpstream() {
    RedexRecord record = new RedexRecord(-1, new byte[] {0, (byte) 0xff}, true, 74_222_579, 7);
    String json =
        "{\"seq\":18446744073709551615,\"payload_hex\":\"00ff\",\"checksum\":74222579,"
            + "\"is_inline\":true}";
    assertEquals(json, RecordJson.of(record));
    assertEquals("[]", RecordJson.of(List.of()));
    assertEquals("[" + json + "," + json + "]", RecordJson.of(List.of(record, record)));
  }

  @Test
  void shouldTellNothingYetFromNothingEver() throws InterruptedException {
    try (Redex redex = Redex.inMemory()) {
      RedexFile log = redex.open("a", RedexConfig.inMemory());
      RedexTail tail = log.tail(0);
      assertNull(tail.next(Duration.ZERO));
      assertEquals(RedexCode.TIMEOUT, RedexCode.ofNothing(tail));
      log.close();
      assertNull(tail.next(Duration.ZERO));
      assertEquals(RedexCode.STREAM_ENDED, RedexCode.ofNothing(tail));
    }
  }

  @Test
  void shouldHaveUpstreamsCodes() {
    assertEquals(-103, RedexCode.of(new RedexException(RedexError.CLOSED, "")).code());
    assertEquals(-3, RedexCode.of(new NetException(NetError.INVALID_JSON, "")).code());
    assertEquals(-8, RedexCode.of(new NetException(NetError.SHUTTING_DOWN, "")).code());
    assertEquals(-99, RedexCode.of(new IllegalStateException()).code());
  }
}
