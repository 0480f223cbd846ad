// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.redex;

import io.lichen.core.json.JsonException;
import io.lichen.core.json.JsonReader;
import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.replica.AckPolicy;
import io.lichen.redex.replica.ReplicationConfig;
import io.lichen.redex.replica.ReplicationConfig.Placement;
import io.lichen.redex.replica.ReplicationConfig.UnderCapacity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads how a log is replicated: first the text, then what its values mean. */
final class ReplicationReader {
  private static final int MAX_U8 = 255;

  private final JsonReader reader;
  private final KnownKeys keys = new KnownKeys();
  private final Map<String, Long> numbers = new HashMap<>();
  private final Map<String, String> words = new HashMap<>();
  private @Nullable List<Long> pinned;
  private @Nullable Float fraction;

  private ReplicationReader(JsonReader reader) {
    this.reader = reader;
  }

  /** Reads the object that comes next. */
  static ReplicationReader read(JsonReader reader) throws JsonException {
    ReplicationReader block = new ReplicationReader(reader);
    reader.beginObject();
    while (reader.nextMember()) {
      block.member(reader.nameUnicode());
    }
    return block;
  }

  private void member(String key) throws JsonException {
    switch (key) {
      case "factor", "heartbeat_ms", "leader_pinned" -> {
        keys.once(key);
        readNumber(key);
      }
      case "placement", "on_under_capacity" -> {
        keys.once(key);
        readWord(key);
      }
      case "pinned_nodes" -> {
        keys.once(key);
        pinned = reader.tryNull() ? null : readNodes();
      }
      case "replication_budget_fraction" -> {
        keys.once(key);
        fraction = reader.tryNull() ? null : Float.valueOf((float) reader.readDouble());
      }
      case "lichen" -> {
        keys.once(key);
        readOurs();
      }
      default -> reader.skipValue();
    }
  }

  private void readOurs() throws JsonException {
    reader.beginObject();
    while (reader.nextMember()) {
      String key = "lichen." + reader.nameUnicode();
      if (!key.equals("lichen.ack")) {
        throw KnownKeys.invalid("unknown key: replication." + key);
      }
      keys.once(key);
      readWord(key);
    }
  }

  private void readNumber(String key) throws JsonException {
    if (!reader.tryNull()) {
      long value = reader.readUnsignedLong();
      if (key.equals("factor") && Long.compareUnsigned(value, MAX_U8) > 0) {
        throw KnownKeys.invalid("factor is " + Long.toUnsignedString(value) + ", no octet");
      }
      numbers.put(key, value);
    }
  }

  private void readWord(String key) throws JsonException {
    if (!reader.tryNull()) {
      words.put(key, reader.readUnicode());
    }
  }

  private List<Long> readNodes() throws JsonException {
    List<Long> nodes = new ArrayList<>();
    reader.beginArray();
    while (reader.nextElement()) {
      nodes.add(reader.readUnsignedLong());
    }
    return nodes;
  }

  /**
   * What it means.
   *
   * @throws RedexException {@link RedexError#CONFIG}
   */
  ReplicationConfig config() {
    ReplicationConfig defaults = ReplicationConfig.defaults();
    ReplicationConfig config =
        new ReplicationConfig(
            Math.toIntExact(numbers.getOrDefault("factor", (long) defaults.factor())),
            heartbeatMs(defaults.heartbeatMs()),
            placement(),
            pinned == null ? List.of() : pinned,
            numbers.get("leader_pinned"),
            underCapacity(),
            fraction == null ? defaults.budgetFraction() : fraction,
            defaults.bandwidthClass(),
            defaults.backgroundFraction(),
            ackPolicy());
    Optional<ReplicationConfig.Fault> fault = config.fault();
    if (fault.isPresent()) {
      throw refused("replication: " + fault.get());
    }
    return config;
  }

  /** What has more than 63 bits is too much in any case. */
  private long heartbeatMs(long otherwise) {
    long value = numbers.getOrDefault("heartbeat_ms", otherwise);
    return value < 0 ? Long.MAX_VALUE : value;
  }

  private Placement placement() {
    String word = words.getOrDefault("placement", "standard");
    return switch (word) {
      case "standard" -> Placement.STANDARD;
      case "pinned" -> Placement.PINNED;
      case "colocation_strict", "colocation-strict" -> Placement.COLOCATION_STRICT;
      default -> throw refused("placement is \"" + word + "\", must be one of three");
    };
  }

  private UnderCapacity underCapacity() {
    String word = words.getOrDefault("on_under_capacity", "withdraw");
    return switch (word) {
      case "withdraw" -> UnderCapacity.WITHDRAW;
      case "evict_oldest", "evict-oldest" -> UnderCapacity.EVICT_OLDEST;
      default -> throw refused("on_under_capacity is \"" + word + "\"");
    };
  }

  private AckPolicy ackPolicy() {
    String word = words.getOrDefault("lichen.ack", "leader");
    return switch (word) {
      case "leader" -> AckPolicy.LEADER;
      case "majority" -> AckPolicy.MAJORITY;
      case "majority_durable" -> AckPolicy.MAJORITY_DURABLE;
      default -> throw refused("lichen.ack is \"" + word + "\"");
    };
  }

  private static RedexException refused(String what) {
    return new RedexException(RedexError.CONFIG, what);
  }
}
