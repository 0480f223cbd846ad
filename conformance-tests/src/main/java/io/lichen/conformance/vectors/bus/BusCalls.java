// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.bus;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.core.bus.EventBus;
import io.lichen.core.bus.EventBusException;
import io.lichen.core.bus.PollRequest;
import io.lichen.core.bus.PollResult;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the calls that a recording names, and writes what came of them as the recording does. */
final class BusCalls {
  private static final Pattern POLL = Pattern.compile("poll (.*) buf ([0-9]+)");
  private static final byte[] NOT_UTF8 = {(byte) 0xff, (byte) 0xfe};

  private final EventBus bus;

  BusCalls(EventBus bus) {
    this.bus = bus;
  }

  void call(String op, ObjectNode row) {
    Matcher poll = POLL.matcher(op);
    if (poll.matches()) {
      poll(poll.group(1), Integer.parseInt(poll.group(2)), row);
      return;
    }
    switch (op) {
      case "ingest_raw invalid utf8" -> code(row, () -> bus.ingestRaw(NOT_UTF8));
      case "ingest not json" -> code(row, () -> bus.ingest("not json"));
      case "ingest_raw not json", "ingest_raw after shutdown" ->
          code(row, () -> bus.ingestRaw("not json"));
      case "ingest_batch array of 3" ->
          count(row, () -> bus.ingestBatch("[{\"i\":1},{\"i\":2},{\"i\":3}]").accepted());
      case "ingest_batch object" -> count(row, () -> bus.ingestBatch("{}").accepted());
      case "ingest_raw_batch [ok,null,badutf8]" -> count(row, this::mixedBatch);
      case "ingest_raw_batch count 0" ->
          count(row, () -> bus.ingestRawBatch(Arrays.asList()).accepted());
      case "flush" -> code(row, bus::flush);
      case "stats" -> {
        String json = bus.stats().toJson();
        row.put("rc", json.length()).put("out", json);
      }
      case "poll_ex limit 10 null cursor" -> code(row, () -> pollEx(row));
      case "poll_ex limit huge" -> code(row, () -> bus.poll(PollRequest.of(Long.MAX_VALUE)));
      case "num_shards" -> row.put("rc", bus.shards());
      case "shutdown", "shutdown again" -> code(row, bus::shutdown);
      case "version" -> row.put("out", EventBus.API_VERSION);
      default -> throw new IllegalArgumentException("no such call: " + op);
    }
  }

  private int mixedBatch() {
    byte[] good = "{\"i\":4}".getBytes(StandardCharsets.UTF_8);
    return bus.ingestRawBatch(Arrays.asList(good, null, NOT_UTF8)).accepted();
  }

  private void pollEx(ObjectNode row) {
    PollResult result = bus.poll(PollRequest.of(10));
    row.put("count", result.events().size())
        .put("has_more", result.hasMore() ? 1 : 0)
        .put("next_null", result.cursor() == null);
  }

  private void poll(String request, int bufferBytes, ObjectNode row) {
    ByteBuffer out = ByteBuffer.allocate(bufferBytes);
    count(row, () -> bus.pollJson(request, out));
    row.put("out", StandardCharsets.UTF_8.decode(out.flip()).toString());
  }

  private static void code(ObjectNode row, Runnable call) {
    count(
        row,
        () -> {
          call.run();
          return 0;
        });
  }

  private static void count(ObjectNode row, IntSupplier call) {
    try {
      row.put("rc", call.getAsInt());
    } catch (EventBusException e) {
      row.put("rc", e.error().code());
    }
  }
}
