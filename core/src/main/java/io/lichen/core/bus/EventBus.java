// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus;

import io.lichen.core.bus.adapter.Adapters;
import io.lichen.core.bus.consume.PollJson;
import io.lichen.core.bus.consume.PollMerger;
import io.lichen.core.bus.json.JsonEvents;
import io.lichen.core.bus.json.Utf8;
import io.lichen.core.bus.shard.BusLife;
import io.lichen.core.bus.shard.CallGate;
import io.lichen.core.bus.shard.Shard;
import io.lichen.core.bus.shard.ShardSet;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes events, spreads them over shards, brings them in batches to an adapter and lets them be
 * polled from there (docs/event-bus.md). An event belongs to the shard that its bytes' hash says;
 * within a shard the order of ingestion is kept.
 *
 * <p>Nothing here blocks a producer: what happens to an event for which there is no room is decided
 * by the back-pressure mode, and counted. Thread-safe.
 */
public final class EventBus implements AutoCloseable {
  /** What the native's {@code net_version} answers: the version of the API, not of a library. */
  public static final String API_VERSION = "0.8.0";

  /** Buffers below this size are refused before anything is polled. */
  public static final int MIN_POLL_BUFFER = 256;

  private final ShardSet shards;
  private final BusLife life;
  private final EventBusAdapter adapter;

  private EventBus(BusLife life) {
    this.life = life;
    this.shards = life.shards();
    this.adapter = life.adapter();
  }

  /** Opens a bus with the defaults, which keep events in memory. */
  public static EventBus open() {
    return open(EventBusConfig.defaults());
  }

  /**
   * Opens a bus.
   *
   * @throws EventBusException {@link EventBusError#INIT_FAILED} if the adapter is not built or does
   *     not start, or the file of the producer nonce is something else
   */
  public static EventBus open(EventBusConfig config) {
    return open(config, Adapters.of(config));
  }

  /**
   * Opens a bus with an adapter of the application's; what the configuration says about adapters
   * does not count.
   *
   * @throws EventBusException {@link EventBusError#INIT_FAILED} as above
   */
  public static EventBus open(EventBusConfig config, EventBusAdapter adapter) {
    return new EventBus(BusLife.begin(config, adapter));
  }

  /** How many shards take events; 0 once the bus is closed. */
  public int shards() {
    return life.gate().isOpen() ? shards.count() : 0;
  }

  /**
   * Ingests an event as it is; that it is JSON is not checked. The fastest way in.
   *
   * @param event UTF-8; belongs to the bus from here on and is not copied
   * @throws EventBusException {@link EventBusError#INVALID_UTF8}, {@link
   *     EventBusError#INGESTION_FAILED} if there is no room, {@link EventBusError#SHUTTING_DOWN}
   */
  public void ingestRaw(byte[] event) {
    requireUtf8(event);
    accepted(shards.push(shards.select(event), event));
  }

  /**
   * Ingests a copy of a part of an array: see {@link #ingestRaw(byte[])}.
   *
   * @throws IndexOutOfBoundsException if that is not in the array
   */
  public void ingestRaw(byte[] buffer, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    ingestRaw(Arrays.copyOfRange(buffer, offset, offset + length));
  }

  /** Ingests a text as it is: see {@link #ingestRaw(byte[])}. */
  public void ingestRaw(String event) {
    ingestRaw(event.getBytes(StandardCharsets.UTF_8));
  }

  /** Like {@link #ingestRaw(byte[])}; tells where the event went. */
  public EventReceipt ingestRawWithReceipt(byte[] event) {
    requireUtf8(event);
    int shard = shards.select(event);
    return new EventReceipt(shard, accepted(shards.push(shard, event)));
  }

  /**
   * Ingests JSON in its normal form: without white space, members sorted. The same value so always
   * goes to the same shard.
   *
   * @throws EventBusException {@link EventBusError#INVALID_JSON}, else as {@link
   *     #ingestRaw(byte[])}
   */
  public EventReceipt ingest(String json) {
    return ingestRawWithReceipt(JsonEvents.normal(json));
  }

  /**
   * Ingests events as they are; those that cannot be are left out. The order within a shard is that
   * of the list.
   *
   * @param events as for {@link #ingestRaw(byte[])}; null stands for an event that is not there
   */
  public BatchReceipt ingestRawBatch(List<byte @Nullable []> events) {
    int[] index = IntStream.range(0, events.size()).filter(i -> isUtf8(events.get(i))).toArray();
    byte[][] good = new byte[index.length][];
    for (int i = 0; i < index.length; i++) {
      byte[] event = events.get(index[i]);
      good[i] = event == null ? new byte[0] : event;
    }
    return receipt(events.size(), index, shards.pushAll(good));
  }

  /**
   * Ingests the elements of a JSON array, each in its normal form: see {@link #ingest}.
   *
   * @throws EventBusException {@link EventBusError#INVALID_JSON} if it is no array; then nothing is
   *     ingested
   */
  public BatchReceipt ingestBatch(String jsonArray) {
    byte[][] events = JsonEvents.normalElements(jsonArray);
    return receipt(
        events.length, IntStream.range(0, events.length).toArray(), shards.pushAll(events));
  }

  private static boolean isUtf8(byte @Nullable [] event) {
    return event != null && Utf8.isValid(event);
  }

  private static void requireUtf8(byte[] event) {
    if (!Utf8.isValid(event)) {
      throw new EventBusException(EventBusError.INVALID_UTF8, "an event is not UTF-8");
    }
  }

  private static long accepted(long answer) {
    if (answer >= 0) {
      return answer;
    }
    EventBusError error = error(answer);
    throw new EventBusException(
        error,
        error == EventBusError.SHUTTING_DOWN
            ? "the event bus is shutting down"
            : "no room for the event in its shard");
  }

  private static EventBusError error(long answer) {
    return answer == Shard.CLOSED ? EventBusError.SHUTTING_DOWN : EventBusError.INGESTION_FAILED;
  }

  /** All events that are not among the indices, or have a bad answer, were refused. */
  private static BatchReceipt receipt(int count, int[] indices, long[] answers) {
    List<BatchReceipt.Refusal> refused = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < count; i++) {
      if (at == indices.length || indices[at] != i) {
        refused.add(new BatchReceipt.Refusal(i, EventBusError.INVALID_UTF8));
      } else if (answers[at++] < 0) {
        refused.add(new BatchReceipt.Refusal(i, error(answers[at - 1])));
      }
    }
    return new BatchReceipt(count - refused.size(), refused);
  }

  /**
   * Polls the adapter. Nothing is taken away by it: who goes on from {@link PollResult#cursor} gets
   * what comes behind. Waits for the adapter.
   *
   * @throws EventBusException {@link EventBusError#POLL_FAILED} for a bad cursor, {@link
   *     EventBusError#INT_OVERFLOW} for a limit that no list can hold, {@link
   *     EventBusError#SHUTTING_DOWN}
   */
  public PollResult poll(PollRequest request) {
    if (request.limit() > Integer.MAX_VALUE) {
      throw new EventBusException(
          EventBusError.INT_OVERFLOW,
          "limit: expected at most " + Integer.MAX_VALUE + ", found " + request.limit());
    }
    try (CallGate.Pass _ = life.gate().enter()) {
      return PollMerger.poll(adapter, request, IntStream.range(0, shards.count()).boxed().toList());
    }
  }

  /**
   * Polls as the C API does, JSON for JSON.
   *
   * @param request members {@code limit} and {@code cursor}; null for 100 events from the beginning
   * @throws EventBusException {@link EventBusError#INVALID_JSON}, else as {@link #poll}
   */
  public String pollJson(@Nullable String request) {
    return PollJson.answer(poll(PollJson.request(request)));
  }

  /**
   * Polls like {@link #pollJson} into a buffer. An answer that is too large is not lost: in its
   * place stands, if that fits, one without events that says so and repeats the request's cursor.
   *
   * @return how many bytes were written
   * @throws EventBusException {@link EventBusError#BUFFER_TOO_SMALL}, at once for less than {@link
   *     #MIN_POLL_BUFFER}, else as {@link #pollJson}
   */
  public int pollJson(@Nullable String request, ByteBuffer out) {
    PollRequest parsed = PollJson.request(request);
    requireRoom(out, MIN_POLL_BUFFER);
    PollResult result = poll(parsed);
    byte[] answer = PollJson.answer(result).getBytes(StandardCharsets.UTF_8);
    if (answer.length > out.remaining()) {
      byte[] tooSmall = PollJson.tooSmall(parsed, result).getBytes(StandardCharsets.UTF_8);
      if (tooSmall.length <= out.remaining()) {
        out.put(tooSmall);
      }
      requireRoom(out, answer.length);
    }
    out.put(answer);
    return answer.length;
  }

  private static void requireRoom(ByteBuffer out, int bytes) {
    if (out.remaining() < bytes) {
      throw new EventBusException(
          EventBusError.BUFFER_TOO_SMALL,
          "expected room for " + bytes + " bytes, found " + out.remaining());
    }
  }

  /** What was counted; also of a closed bus. */
  public EventBusStats stats() {
    return shards.stats();
  }

  /**
   * The same numbers for Micrometer (docs/metrics.md), from when it is bound to a registry.
   *
   * @param name tells the buses of a process apart: the value of the tag {@code bus}
   */
  public MeterBinder metrics(String name) {
    return new BusMetrics(this, adapter, name);
  }

  /**
   * Sends off what was ingested before this call, waits up to 7 s until it has left, and lets the
   * adapter make it visible to polls.
   *
   * @throws EventBusException {@link EventBusError#UNKNOWN} if the adapter fails, {@link
   *     EventBusError#SHUTTING_DOWN}
   */
  public void flush() {
    try (CallGate.Pass _ = life.gate().enter()) {
      life.flush();
    }
  }

  /**
   * Closes the bus: takes no more events, waits up to 5 s for running calls, up to 10 s for what
   * was ingested to leave, then ends the adapter. Who calls while another call is at it waits for
   * that one, up to 10 s; who calls later has nothing to do.
   *
   * @throws EventBusException {@link EventBusError#UNKNOWN} if a call did not end, and then the bus
   *     is as open as before, or if the adapter failed; {@link EventBusError#SHUTTING_DOWN} if
   *     another call takes too long
   */
  public void shutdown() {
    life.end();
  }

  /** The same as {@link #shutdown}. */
  @Override
  public void close() {
    shutdown();
  }
}
