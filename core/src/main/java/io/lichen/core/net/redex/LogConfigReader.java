// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.redex;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lichen.core.json.JsonException;
import io.lichen.core.json.JsonReader;
import io.lichen.redex.Durability;
import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.Retention;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration of a log as upstream does: keys that nobody knows mean nothing, known
 * ones may stand once, and values are judged only when the whole text has been read.
 */
final class LogConfigReader {
  private static final long NS_PER_MS = 1_000_000;

  /** Times are nanoseconds of 63 bits: 292 years are for ever. */
  private static final long LONGEST_MS = Long.MAX_VALUE / NS_PER_MS;

  private final JsonReader reader;
  private final KnownKeys keys = new KnownKeys();
  private final Map<String, Long> numbers = new HashMap<>();
  private boolean persistent;
  private @Nullable ReplicationReader replication;

  private LogConfigReader(byte[] json) {
    this.reader = new JsonReader(json, 0, json.length);
  }

  static LogConfig read(String json) {
    LogConfigReader reader = new LogConfigReader(json.getBytes(UTF_8));
    try {
      reader.root();
    } catch (JsonException e) {
      throw KnownKeys.invalid(e.getMessage() + " at byte " + e.offset());
    }
    return reader.config();
  }

  private LogConfig config() {
    return new LogConfig(
        new RedexConfig(persistent, durability(), retention()),
        replication == null ? null : replication.config());
  }

  private void root() throws JsonException {
    reader.beginObject();
    while (reader.nextMember()) {
      String key = reader.nameUnicode();
      switch (key) {
        case "persistent" -> {
          keys.once(key);
          persistent = reader.readBoolean();
        }
        case "fsync_every_n",
            "fsync_interval_ms",
            "retention_max_events",
            "retention_max_bytes",
            "retention_max_age_ms" -> {
          keys.once(key);
          readNumber(key);
        }
        case "replication" -> {
          keys.once(key);
          replication = reader.tryNull() ? null : ReplicationReader.read(reader);
        }
        default -> reader.skipValue();
      }
    }
    reader.end();
  }

  private void readNumber(String key) throws JsonException {
    if (!reader.tryNull()) {
      numbers.put(key, reader.readUnsignedLong());
    }
  }

  private Durability durability() {
    Long records = limit("fsync_every_n");
    Duration period = milliseconds("fsync_interval_ms");
    if (records != null && period != null) {
      throw new RedexException(
          RedexError.CONFIG, "fsync_every_n and fsync_interval_ms exclude each other");
    }
    if (records != null) {
      return new Durability.EveryN(records);
    }
    return period != null ? new Durability.Interval(period) : new Durability.Never();
  }

  private Retention retention() {
    return new Retention(
        limit("retention_max_events"),
        limit("retention_max_bytes"),
        milliseconds("retention_max_age_ms"),
        null);
  }

  private @Nullable Duration milliseconds(String key) {
    Long value = limit(key);
    return value == null ? null : Duration.ofNanos(NS_PER_MS * Math.min(value, LONGEST_MS));
  }

  /** A number that is not 0; what has more than 63 bits is never reached and no limit. */
  private @Nullable Long limit(String key) {
    Long value = numbers.get(key);
    if (value != null && value == 0) {
      throw new RedexException(RedexError.CONFIG, key + " is 0; without a limit it is left out");
    }
    return value != null && value < 0 ? Long.valueOf(Long.MAX_VALUE) : value;
  }
}
