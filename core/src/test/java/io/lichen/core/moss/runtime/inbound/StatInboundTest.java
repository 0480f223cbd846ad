// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.core.moss.stat.EpochId;
import io.lichen.core.moss.stat.StatDelta;
import io.lichen.core.moss.stat.StatMetrics;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.core.moss.wire.MessageIds;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The door through which network statistics come. */
final class StatInboundTest {
  private static final int MAX_PAYLOAD = 2000;

  private final NodeCounters counters = new NodeCounters();
  private final StatInbound door = new StatInbound(counters, MAX_PAYLOAD, 0);

  private @Nullable InboundItem read(byte[] payload) {
    return read(MessageIds.statDelta(payload), payload);
  }

  private @Nullable InboundItem read(String messageId, byte[] payload) {
    Envelope envelope =
        Envelope.of(EnvelopeType.STAT_DELTA).messageId(messageId).payload(payload).build();
    return door.read(envelope, 0);
  }

  private static StatDelta delta(String natType) {
    return new StatDelta(
        7, EpochId.of(new byte[EpochId.BYTES]), new StatMetrics(1, 2, 3, natType, 4));
  }

  @Test
  void shouldHandOverWhatItUnderstands() {
    StatDelta delta = delta("public");

    var item = assertInstanceOf(InboundItem.Statistics.class, read(delta.encode()));

    assertEquals(delta, item.delta());
  }

  @Test
  void shouldReportWhatIsTooLargeOrNoContribution() {
    assertSame(InboundItem.Statistics.BAD, read(new byte[MAX_PAYLOAD + 1]));
    assertSame(InboundItem.Statistics.BAD, read("{\"epoch\":1}".getBytes(UTF_8)));
    assertSame(InboundItem.Statistics.BAD, read("nonsense".getBytes(UTF_8)));
  }

  @Test
  void shouldDropWhatANativeMayPassOnUnseen() {
    byte[] payload = delta("public").encode();
    assertNull(read("", payload));
    assertNull(read("another id", payload));
    assertNull(read("x", new byte[0]));
    assertNull(read(delta("x".repeat(StatInbound.MAX_NAT_CHARACTERS + 1)).encode()));
    assertNull(read(delta("x".repeat(StatInbound.MAX_PASSED_BYTES)).encode()));

    assertEquals(5, counters.statisticsRefused.sum());
  }

  @Test
  void shouldLimitHowManyItLooksAt() {
    byte[] payload = delta("public").encode();
    int taken = 0;
    for (int i = 0; i < 2000; i++) {
      taken += read(payload) != null ? 1 : 0;
    }

    assertEquals(1024, taken);
    assertEquals(2000 - 1024, counters.statisticsThrottled.sum());
  }
}
