// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus;

import io.lichen.core.bus.json.JsonPrinter;
import io.lichen.core.bus.json.JsonSpan;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An event as an adapter gives it back.
 *
 * @param id its position in its shard, in the adapter's own format
 * @param raw its bytes, shared with the adapter: not to be changed
 * @param insertionTs see {@link EventReceipt#insertionTs}
 * @param shard the shard
 * @param dedupId what tells copies of it that an adapter made from the event itself, if it has one
 */
public record StoredEvent(
    String id, byte[] raw, long insertionTs, int shard, @Nullable String dedupId) {
  /** Its bytes as text; what is not UTF-8 is replaced. */
  public String text() {
    return new String(raw, StandardCharsets.UTF_8);
  }

  /**
   * The event as a JSON object of five members, its own JSON as it is (docs/wire/net-event-bus.md,
   * "Stored events").
   *
   * @throws EventBusException {@link EventBusError#INVALID_JSON} if the event is not JSON
   */
  public String toJson() {
    JsonSpan span = JsonSpan.of(raw);
    if (span == null) {
      throw new EventBusException(EventBusError.INVALID_JSON, "event " + id + " is not JSON");
    }
    StringBuilder out = new StringBuilder("{\"id\":");
    JsonPrinter.appendString(id, out);
    out.append(",\"raw\":")
        .append(new String(raw, span.from(), span.to() - span.from(), StandardCharsets.UTF_8))
        .append(",\"insertion_ts\":")
        .append(Long.toUnsignedString(insertionTs))
        .append(",\"shard_id\":")
        .append(shard)
        .append(",\"dedup_id\":");
    if (dedupId == null) {
      out.append("null");
    } else {
      JsonPrinter.appendString(dedupId, out);
    }
    return out.append('}').toString();
  }
}
