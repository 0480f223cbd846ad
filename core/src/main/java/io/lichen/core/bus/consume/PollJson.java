// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.consume;

import io.lichen.core.bus.EventBusError;
import io.lichen.core.bus.EventBusException;
import io.lichen.core.bus.PollRequest;
import io.lichen.core.bus.PollResult;
import io.lichen.core.bus.StoredEvent;
import io.lichen.core.bus.json.BusJsonException;
import io.lichen.core.bus.json.JsonParser;
import io.lichen.core.bus.json.JsonPrinter;
import io.lichen.core.bus.json.JsonSpan;
import io.lichen.core.bus.json.JsonValue;
import io.lichen.core.bus.json.Utf8;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Requests and answers of polls as JSON (docs/wire/net-event-bus.md, "Polling"). */
public final class PollJson {
  private static final long DEFAULT_LIMIT = 100;

  private PollJson() {}

  /**
   * Reads a request; null, and what is not an object, stand for the defaults, and other members
   * than limit and cursor for nothing.
   */
  public static PollRequest request(@Nullable String json) {
    if (json == null) {
      return PollRequest.of(DEFAULT_LIMIT);
    }
    JsonValue request;
    try {
      request = JsonParser.parse(json);
    } catch (BusJsonException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
    return PollRequest.of(limit(request.member("limit"))).from(cursor(request.member("cursor")));
  }

  private static long limit(@Nullable JsonValue limit) {
    return switch (limit) {
      case null -> DEFAULT_LIMIT;
      case JsonValue.Literal.NULL -> DEFAULT_LIMIT;
      case JsonValue.Whole whole when !whole.negative() ->
          whole.bits() < 0 ? Integer.MAX_VALUE : Math.min(whole.bits(), Integer.MAX_VALUE);
      default -> throw invalid("limit: expected a whole number, found " + shown(limit));
    };
  }

  private static @Nullable String cursor(@Nullable JsonValue cursor) {
    return switch (cursor) {
      case null -> null;
      case JsonValue.Literal.NULL -> null;
      case JsonValue.Text text -> text.value();
      default -> throw invalid("cursor: expected a string, found " + shown(cursor));
    };
  }

  private static String shown(JsonValue value) {
    return JsonPrinter.print(value);
  }

  private static EventBusException invalid(String reason) {
    return new EventBusException(EventBusError.INVALID_JSON, "poll request: " + reason);
  }

  /**
   * The answer: events as they are, one that is not JSON as a string, one that is not even UTF-8
   * not at all.
   */
  public static String answer(PollResult result) {
    StringBuilder out = new StringBuilder("{\"events\":[");
    int count = 0;
    int bad = 0;
    for (StoredEvent event : result.events()) {
      JsonSpan span = JsonSpan.of(event.raw());
      bad += span == null ? 1 : 0;
      if (span != null || Utf8.isValid(event.raw())) {
        out.append(count++ == 0 ? "" : ",");
        append(event, span, out);
      }
    }
    out.append("],\"next_id\":");
    appendCursor(result.cursor(), out);
    return out.append(",\"has_more\":")
        .append(result.hasMore())
        .append(",\"count\":")
        .append(count)
        .append(",\"parse_errors\":")
        .append(bad)
        .append('}')
        .toString();
  }

  private static void append(StoredEvent event, @Nullable JsonSpan span, StringBuilder out) {
    if (span == null) {
      JsonPrinter.appendString(event.text(), out);
    } else {
      int length = span.to() - span.from();
      out.append(new String(event.raw(), span.from(), length, StandardCharsets.UTF_8));
    }
  }

  /** What stands in a buffer that is too small for the answer: the cursor has not moved. */
  public static String tooSmall(PollRequest request, PollResult result) {
    StringBuilder out =
        new StringBuilder("{\"buffer_too_small\":true,\"count\":0,\"events\":[]")
            .append(",\"events_dropped\":")
            .append(result.events().size())
            .append(",\"has_more\":true,\"next_id\":");
    appendCursor(request.cursor(), out);
    return out.append(",\"parse_errors\":0}").toString();
  }

  private static void appendCursor(@Nullable String cursor, StringBuilder out) {
    if (cursor == null) {
      out.append("null");
    } else {
      JsonPrinter.appendString(cursor, out);
    }
  }
}
