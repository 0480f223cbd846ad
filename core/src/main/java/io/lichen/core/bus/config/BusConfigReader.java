// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.config;

import io.lichen.core.bus.AdapterConfig;
import io.lichen.core.bus.Backpressure;
import io.lichen.core.bus.EventBusConfig;
import io.lichen.core.bus.json.BusJsonException;
import io.lichen.core.bus.json.JsonParser;
import io.lichen.core.bus.json.JsonPrinter;
import io.lichen.core.bus.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON configuration (docs/event-bus.md, "Configuration"). Adapters come in the order
 * redis, jetstream, net; the last one that is there wins.
 */
public final class BusConfigReader {
  private static final long MAX_UNSIGNED_INT = 0xffff_ffffL;

  private BusConfigReader() {}

  /** As the natives read it; empty text stands for the defaults. */
  public static EventBusConfig lenient(String json) {
    return json.isEmpty() ? EventBusConfig.defaults() : read(json, false);
  }

  /** Without anything that would not count. */
  public static EventBusConfig strict(String json) {
    return read(json, true);
  }

  private static EventBusConfig read(String json, boolean strict) {
    Section root;
    try {
      root = Section.root(JsonParser.parse(json), strict);
    } catch (BusJsonException e) {
      throw Section.invalid(String.valueOf(e.getMessage()));
    }
    EventBusConfig config = EventBusConfig.defaults();
    Long shards = root.unsigned("num_shards");
    if (shards != null) {
      config = config.withShards(clamped(shards));
    }
    Long capacity = root.unsigned("ring_buffer_capacity");
    if (capacity != null) {
      config = config.withRingCapacity(clamped(capacity));
    }
    JsonValue backpressure = root.any("backpressure_mode");
    if (backpressure != null) {
      config = config.withBackpressure(backpressure(backpressure));
    }
    Section ours = root.strictSection("lichen");
    if (ours != null) {
      config = OwnKeys.read(ours, config);
    }
    AdapterConfig adapter = AdapterKeys.read(root);
    root.end();
    return adapter == null ? config : config.withAdapter(adapter);
  }

  /** What does not fit is out of bounds either way. */
  static int clamped(long unsigned) {
    return unsigned < 0 ? Integer.MAX_VALUE : (int) Math.min(unsigned, Integer.MAX_VALUE);
  }

  private static Backpressure backpressure(JsonValue mode) {
    if (mode instanceof JsonValue.Text text) {
      return switch (text.value()) {
        case "DropNewest", "drop_newest" -> Backpressure.DROP_NEWEST;
        case "DropOldest", "drop_oldest" -> Backpressure.DROP_OLDEST;
        case "FailProducer", "fail_producer" -> Backpressure.FAIL_PRODUCER;
        default -> throw unknownMode(mode);
      };
    }
    Long rate = sampleRate(mode);
    if (rate == null) {
      throw unknownMode(mode);
    }
    return Backpressure.sample(rate);
  }

  private static @Nullable Long sampleRate(JsonValue mode) {
    JsonValue upper = mode.member("Sample");
    JsonValue sample = upper == null ? mode.member("sample") : upper;
    return sample != null
            && sample.member("rate") instanceof JsonValue.Whole rate
            && !rate.negative()
            && Long.compareUnsigned(rate.bits(), MAX_UNSIGNED_INT) <= 0
        ? rate.bits()
        : null;
  }

  private static RuntimeException unknownMode(JsonValue mode) {
    return Section.invalid(
        "backpressure_mode: expected DropNewest, DropOldest, FailProducer or"
            + " {\"Sample\":{\"rate\":1 to 4294967295}}, found "
            + JsonPrinter.print(mode));
  }
}
