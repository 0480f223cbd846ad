// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lichen.core.bus.BatchReceipt;
import io.lichen.core.bus.EventBus;
import io.lichen.core.bus.EventBusError;
import io.lichen.core.bus.EventBusException;
import io.lichen.core.bus.EventBusStats;
import io.lichen.core.bus.EventReceipt;
import io.lichen.core.bus.PollRequest;
import io.lichen.core.bus.PollResult;
import io.lichen.core.bus.StoredEvent;
import io.lichen.gateway.api.routes.ApiRoutes;
import io.lichen.gateway.api.routes.NativeErrors;
import io.lichen.gateway.http.HttpException;
import io.lichen.gateway.http.Request;
import io.lichen.gateway.http.Response;
import io.lichen.gateway.http.Router;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The event bus over HTTP: takes events and lets them be polled. */
public final class EventRoutes implements ApiRoutes {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1000;

  /** Events of one answer; a poll that brings more is put again for fewer. */
  private static final long MAX_BYTES = 8L << 20;

  private final EventBus bus;
  private final boolean isOwner;

  /**
   * Over a bus.
   *
   * @param isOwner whether that closes with this
   */
  public EventRoutes(EventBus bus, boolean isOwner) {
    this.bus = bus;
    this.isOwner = isOwner;
  }

  /** What the bus counts. */
  public MeterBinder meters() {
    return bus.metrics("gateway");
  }

  @Override
  public void close() {
    if (isOwner) {
      bus.close();
    }
  }

  @Override
  public void addTo(Router router) {
    router.post("/v1/events", NativeErrors.told(this::ingest));
    router.get("/v1/events", NativeErrors.told(this::poll));
    router.get("/v1/stats", _ -> Response.json(counts(bus.stats())));
    router.post("/v1/flush", NativeErrors.told(_ -> flush()));
  }

  private Response ingest(Request request) {
    String json = text(request.bodyBytes());
    Map<String, Object> answer = json.stripLeading().startsWith("[") ? batch(json) : one(json);
    return Response.json(answer).withStatus(202);
  }

  private Map<String, Object> one(String json) {
    EventReceipt receipt = bus.ingest(json);
    return Map.of("shard_id", receipt.shard(), "timestamp", receipt.insertionTs());
  }

  /** Events for which there is no room are left out; {@code refused} says how many, if any. */
  private Map<String, Object> batch(String json) {
    BatchReceipt receipt = bus.ingestBatch(json);
    if (receipt.refused().isEmpty()) {
      return Map.of("count", receipt.accepted());
    }
    if (receipt.accepted() == 0) {
      EventBusError error = receipt.refused().getFirst().error();
      throw new EventBusException(error, "none of the events was taken");
    }
    return Map.of("count", receipt.accepted(), "refused", receipt.refused().size());
  }

  private static String text(byte[] body) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw new EventBusException(EventBusError.INVALID_UTF8, "the body is not UTF-8", e);
    }
  }

  private Response poll(Request request) {
    int limit = limit(request.query("limit"));
    String cursor = request.query("cursor");
    PollResult result = bus.poll(PollRequest.of(limit).from(cursor));
    while (limit > 1 && bytes(result) > MAX_BYTES) {
      limit /= 2;
      result = bus.poll(PollRequest.of(limit).from(cursor));
    }
    return Response.json(page(result));
  }

  private static int limit(@Nullable String text) {
    if (text == null) {
      return DEFAULT_LIMIT;
    }
    if (text.matches("[0-9]{1,4}")) {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MAX_LIMIT) {
        return limit;
      }
    }
    throw new HttpException(
        400, "invalid_limit", "limit is '" + text + "', not a number from 1 to " + MAX_LIMIT);
  }

  private static long bytes(PollResult result) {
    return result.events().stream().mapToLong(event -> event.raw().length).sum();
  }

  private static Map<String, Object> page(PollResult result) {
    Map<String, Object> page = new LinkedHashMap<>();
    List<Map<String, Object>> events = result.events().stream().map(EventRoutes::event).toList();
    page.put("events", events);
    page.put("count", events.size());
    page.put("next_id", result.cursor());
    page.put("has_more", result.hasMore());
    return page;
  }

  private static Map<String, Object> event(StoredEvent event) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", event.id());
    members.put("raw", event.text());
    members.put("insertion_ts", event.insertionTs());
    members.put("shard_id", event.shard());
    return members;
  }

  private static Map<String, Object> counts(EventBusStats stats) {
    Map<String, Object> counts = new LinkedHashMap<>();
    counts.put("events_ingested", stats.accepted());
    counts.put("events_dropped", stats.eventsDropped());
    counts.put("batches_dispatched", stats.batches());
    return counts;
  }

  private Response flush() {
    bus.flush();
    return Response.of(204);
  }
}
