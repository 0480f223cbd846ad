// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.crypto.X25519;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class EventBusTest {
  private static final EventBusConfig ONE_SHARD = EventBusConfig.defaults().withShards(1);

  @Test
  void shouldPollWhatWasIngestedPageByPage() {
    try (EventBus bus = EventBus.open(EventBusConfig.defaults().withShards(4))) {
      Set<String> ingested = new HashSet<>();
      for (int i = 0; i < 1000; i++) {
        ingested.add("{\"i\":" + i + "}");
        bus.ingestRaw("{\"i\":" + i + "}");
      }
      bus.flush();

      Set<String> polled = new HashSet<>();
      int count = 0;
      PollResult page = PollResult.EMPTY;
      do {
        page = bus.poll(PollRequest.of(70).from(page.cursor()));
        page.events().forEach(event -> polled.add(event.text()));
        count += page.events().size();
      } while (page.hasMore());

      assertEquals(1000, count);
      assertEquals(ingested, polled);
      assertEquals(0, page.missed());
    }
  }

  @Test
  void shouldKeepTheBytesOfRawEventsAndNormaliseParsedOnes() {
    try (EventBus bus = EventBus.open(ONE_SHARD)) {
      byte[] raw = utf8("{\"b\": 1.0, \"a\":2}");

      bus.ingestRaw(raw);
      bus.ingest("{\"b\": 1.0, \"a\":2}");
      bus.ingestRaw(raw, 6, 3);
      bus.flush();

      List<StoredEvent> events = bus.poll(PollRequest.of(9)).events();
      assertSame(raw, events.get(0).raw());
      assertEquals("{\"a\":2,\"b\":1.0}", events.get(1).text());
      assertEquals("1.0", events.get(2).text());
    }
  }

  @Test
  void shouldTellWhereAnEventWent() {
    try (EventBus bus = EventBus.open(EventBusConfig.defaults().withShards(16))) {
      EventReceipt first = bus.ingestRawWithReceipt(utf8("{\"i\":2}"));
      EventReceipt second = bus.ingest(" {\"i\" : 2} ");

      assertEquals(13, first.shard());
      assertEquals(13, second.shard());
      assertTrue(second.insertionTs() > first.insertionTs());
    }
  }

  @Test
  void shouldReportWhichEntriesOfABatchWereLeftOut() {
    try (EventBus bus = EventBus.open(ONE_SHARD)) {
      BatchReceipt receipt =
          bus.ingestRawBatch(Arrays.asList(utf8("1"), null, new byte[] {(byte) 0xff}, utf8("2")));
      bus.flush();

      assertEquals(2, receipt.accepted());
      assertEquals(
          List.of(
              new BatchReceipt.Refusal(1, EventBusError.INVALID_UTF8),
              new BatchReceipt.Refusal(2, EventBusError.INVALID_UTF8)),
          receipt.refused());
      assertEquals(
          List.of("1", "2"),
          bus.poll(PollRequest.of(9)).events().stream().map(StoredEvent::text).toList());
    }
  }

  @Test
  void shouldIngestTheElementsOfAnArrayOrNothing() {
    try (EventBus bus = EventBus.open(ONE_SHARD)) {
      assertEquals(new BatchReceipt(3, List.of()), bus.ingestBatch("[{\"b\":1,\"a\":2},7,[ ]]"));
      assertCode(-3, () -> bus.ingestBatch("{\"a\":1}"));
      assertCode(-3, () -> bus.ingestBatch("[1,"));
      bus.flush();

      assertTrue(bus.pollJson(null).startsWith("{\"events\":[{\"a\":2,\"b\":1},7,[]],"));
      assertEquals(3, bus.stats().accepted());
    }
  }

  @Test
  void shouldRefuseLengthsThatAreNotInTheArray() {
    try (EventBus bus = EventBus.open(ONE_SHARD)) {
      byte[] buffer = new byte[10];
      for (int[] range : new int[][] {{0, 11}, {5, 6}, {-1, 2}, {0, -1}, {3, Integer.MAX_VALUE}}) {
        assertThrows(
            IndexOutOfBoundsException.class, () -> bus.ingestRaw(buffer, range[0], range[1]));
      }
      assertEquals(0, bus.stats().accepted());
    }
  }

  @Test
  void shouldAnswerInJsonWithEventsAsTheyAre() {
    try (EventBus bus = EventBus.open(ONE_SHARD)) {
      bus.ingestRaw("  {\"n\": 1.50e1 } ");
      bus.ingestRaw("not \"json\"\n");
      bus.flush();

      String answer = bus.pollJson("{\"limit\":5,\"ordering\":\"InsertionTs\"}");

      String cursor = String.valueOf(bus.poll(PollRequest.of(5)).cursor());
      assertEquals(
          "{\"events\":[{\"n\": 1.50e1 },\"not \\\"json\\\"\\n\"],\"next_id\":\""
              + cursor
              + "\",\"has_more\":false,\"count\":2,\"parse_errors\":1}",
          answer);
    }
  }

  @Test
  void shouldKeepTheCursorWhenTheAnswerDoesNotFit() {
    try (EventBus bus = EventBus.open(ONE_SHARD)) {
      bus.ingestRaw("\"" + "x".repeat(1000) + "\"");
      bus.flush();
      ByteBuffer out = ByteBuffer.allocate(256);

      assertCode(-7, () -> bus.pollJson(null, out));

      assertEquals(
          "{\"buffer_too_small\":true,\"count\":0,\"events\":[],\"events_dropped\":1,"
              + "\"has_more\":true,\"next_id\":null,\"parse_errors\":0}",
          StandardCharsets.UTF_8.decode(out.flip()).toString());
      int length = bus.pollJson(null, ByteBuffer.allocate(4096));
      assertEquals(bus.pollJson(null).length(), length);
    }
  }

  @Test
  void shouldRefuseSmallBuffersBeforePollingButAfterReadingTheRequest() {
    try (EventBus bus = EventBus.open(ONE_SHARD)) {
      ByteBuffer small = ByteBuffer.allocate(255);

      assertCode(-7, () -> bus.pollJson("{\"cursor\":\"!!!\"}", small));
      assertCode(-3, () -> bus.pollJson("nope", small));
      assertEquals(0, small.position());
    }
  }

  @Test
  void shouldAnswerBadCallsWithTheCodesOfTheNative() {
    try (EventBus bus = EventBus.open(ONE_SHARD)) {
      assertCode(-2, () -> bus.ingestRaw(new byte[] {(byte) 0xc0, 'a'}));
      assertCode(-3, () -> bus.ingest("not json"));
      assertCode(-3, () -> bus.pollJson("{\"limit\":-1}"));
      assertCode(-3, () -> bus.pollJson("{\"limit\":1.0}"));
      assertCode(-3, () -> bus.pollJson("{\"cursor\":5}"));
      assertCode(-6, () -> bus.pollJson("{\"cursor\":\"!!!\"}"));
      assertCode(-9, () -> bus.poll(PollRequest.of(Long.MAX_VALUE)));
      assertCode(-12, () -> PollRequest.of(-1));
      assertEquals(0, bus.stats().accepted());
    }
  }

  @Test
  void shouldTakeLimitsThatNoListCanHoldInJsonForTheMostThereIs() {
    try (EventBus bus = EventBus.open(ONE_SHARD)) {
      bus.ingestRaw("1");
      bus.flush();

      assertTrue(bus.pollJson("{\"limit\":18446744073709551615}").startsWith("{\"events\":[1]"));
    }
  }

  @Test
  void shouldWriteStatisticsAsTheNativeDoes() {
    try (EventBus bus = EventBus.open(ONE_SHARD.withAdapter(new AdapterConfig.None()))) {
      bus.ingestBatch("[1,2,3]");
      bus.flush();

      assertEquals(
          "{\"batches_dispatched\":1,\"events_dropped\":0,\"events_ingested\":3,"
              + "\"shard_batches_dispatched\":1,\"shard_events_dropped\":0,"
              + "\"shard_events_ingested\":3}",
          bus.stats().toJson());
      assertNull(bus.poll(PollRequest.of(5)).cursor(), "nothing is kept, as in the natives");
    }
  }

  @Test
  void shouldWriteAStoredEventWithItsFiveMembers() {
    StoredEvent event = new StoredEvent("7-1", utf8(" {\"a\": 1} "), 5, 3, null);

    assertEquals(
        "{\"id\":\"7-1\",\"raw\":{\"a\": 1},\"insertion_ts\":5,\"shard_id\":3,\"dedup_id\":null}",
        event.toJson());
    assertTrue(
        new StoredEvent("7-1", utf8("1"), -1, 3, "ab:3:0:0")
            .toJson()
            .endsWith(
                "\"insertion_ts\":18446744073709551615,\"shard_id\":3,\"dedup_id\":\"ab:3:0:0\"}"));
    assertCode(-3, () -> new StoredEvent("1", utf8("nope"), 0, 0, null).toJson());
  }

  @Test
  void shouldMakeStaticKeysWhosePublicHalfBelongsToTheSecretOne() {
    StaticKeyPair pair = StaticKeyPair.generate();

    byte[] secret = HexFormat.of().parseHex(pair.secretKey());
    assertEquals(HexFormat.of().formatHex(X25519.publicKey(secret)), pair.publicKey());
    assertEquals(
        "{\"public_key\":\"%s\",\"secret_key\":\"%s\"}"
            .formatted(pair.publicKey(), pair.secretKey()),
        pair.toJson());
    assertFalse(pair.toString().contains(pair.secretKey()));
  }

  @Test
  void shouldRefuseAdaptersThatAreNotBuilt() {
    for (AdapterConfig adapter :
        List.of(
            new AdapterConfig.Redis("redis://x", "net", null, 1000),
            new AdapterConfig.JetStream("nats://x", "net", null, 1),
            new AdapterConfig.Peer("127.0.0.1:1", "127.0.0.1:2", true))) {
      EventBusException e =
          assertThrows(
              EventBusException.class, () -> EventBus.open(ONE_SHARD.withAdapter(adapter)));
      assertEquals(EventBusError.INIT_FAILED, e.error());
      assertTrue(String.valueOf(e.getMessage()).contains("adapter is not built yet"));
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void assertCode(int code, Executable call) {
    assertEquals(code, assertThrows(EventBusException.class, call).error().code());
  }
}
