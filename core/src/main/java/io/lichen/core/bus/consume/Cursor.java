// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.consume;

import io.lichen.core.bus.EventBusError;
import io.lichen.core.bus.EventBusException;
import io.lichen.core.bus.json.BusJsonException;
import io.lichen.core.bus.json.JsonParser;
import io.lichen.core.bus.json.JsonPrinter;
import io.lichen.core.bus.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far a consumer has come in each shard: base64 of a JSON object of positions
 * (docs/wire/net-event-bus.md, "Cursors"). Only the one form that an encoder writes is decoded, but
 * for the order of its members. Not thread-safe.
 */
public final class Cursor {
  private static final int MAX_SHARD = 0xffff;
  private static final int LONGEST_SHARD = 5;

  private final SortedMap<Integer, String> positions;

  private Cursor(SortedMap<Integer, String> positions) {
    this.positions = positions;
  }

  /** The beginning of all shards. */
  public static Cursor start() {
    return new Cursor(new TreeMap<>());
  }

  /** Reads a cursor that a consumer kept. */
  public static Cursor decode(String text) {
    Cursor cursor = start();
    JsonValue json = json(octets(text));
    if (!(json instanceof JsonValue.Members members)) {
      throw invalid("expected an object of positions, found " + JsonPrinter.print(json));
    }
    members.values().forEach((key, value) -> cursor.positions.put(shard(key), position(value)));
    return cursor;
  }

  private static byte[] octets(String text) {
    byte[] octets;
    try {
      octets = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw invalid("expected base64, found " + text);
    }
    // Java's decoder takes missing padding and bits that stand for nothing.
    if (!Base64.getEncoder().encodeToString(octets).equals(text)) {
      throw invalid("expected base64 with its padding, found " + text);
    }
    return octets;
  }

  private static JsonValue json(byte[] octets) {
    try {
      return JsonParser.parse(octets);
    } catch (BusJsonException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  private static int shard(String key) {
    boolean digits = !key.isEmpty() && key.chars().allMatch(c -> c >= '0' && c <= '9');
    int shard = digits && key.length() <= LONGEST_SHARD ? Integer.parseInt(key) : -1;
    if (shard > MAX_SHARD || !key.equals(Integer.toString(shard))) {
      throw invalid("expected a shard from 0 to " + MAX_SHARD + ", found \"" + key + '"');
    }
    return shard;
  }

  private static String position(JsonValue value) {
    if (value instanceof JsonValue.Text text) {
      return text.value();
    }
    throw invalid("expected a position in quotes, found " + JsonPrinter.print(value));
  }

  private static EventBusException invalid(String reason) {
    return new EventBusException(EventBusError.POLL_FAILED, "invalid cursor: " + reason);
  }

  /** The text of the cursor, shards ascending. */
  public String encode() {
    StringBuilder json = new StringBuilder("{");
    positions.forEach(
        (shard, position) -> {
          json.append(json.length() == 1 ? "\"" : ",\"").append(shard).append("\":");
          JsonPrinter.appendString(position, json);
        });
    byte[] octets = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(octets);
  }

  /** The position in a shard; null for its beginning. */
  public @Nullable String position(int shard) {
    return positions.get(shard);
  }

  /** All positions that are not the beginning; a view. */
  public SortedMap<Integer, String> positions() {
    return positions;
  }

  Cursor copy() {
    return new Cursor(new TreeMap<>(positions));
  }

  /** Moves to a position, unless its format is another than before; tells whether it moved. */
  boolean move(int shard, String position) {
    String before = positions.get(shard);
    if (before != null && Positions.format(before) != Positions.format(position)) {
      return false;
    }
    positions.put(shard, position);
    return true;
  }

  /** Puts a shard where another cursor has it. */
  void restore(int shard, Cursor earlier) {
    String position = earlier.positions.get(shard);
    if (position == null) {
      positions.remove(shard);
    } else {
      positions.put(shard, position);
    }
  }

  boolean samePositions(Cursor other) {
    return positions.equals(other.positions);
  }
}
