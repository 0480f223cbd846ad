// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.config;

import io.lichen.core.bus.AdapterConfig;
import io.lichen.core.bus.Batching;
import io.lichen.core.bus.EventBusConfig;
import io.lichen.core.bus.Retention;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The keys under {@code "lichen"}: what the natives can set in code only, and what they lack. */
final class OwnKeys {
  private OwnKeys() {}

  static EventBusConfig read(Section section, EventBusConfig before) {
    EventBusConfig config = before.withAdapter(adapter(section, before));
    Section batch = section.section("batch");
    if (batch != null) {
      config = config.withBatching(batching(batch, before.batching()));
    }
    Duration timeout = millis(section, "adapter_timeout_ms", config.adapterTimeout());
    Long retries = section.unsigned("adapter_batch_retries");
    config =
        config.withAdapterCalls(
            timeout, retries == null ? config.adapterRetries() : BusConfigReader.clamped(retries));
    String nonceFile = section.text("producer_nonce_path");
    if (nonceFile != null) {
      config = config.withProducerNonceFile(path(section, nonceFile));
    }
    section.end();
    return config;
  }

  private static AdapterConfig adapter(Section section, EventBusConfig before) {
    String adapter = section.text("adapter");
    Retention retention = retention(section);
    return switch (adapter) {
      case null -> retention == null ? before.adapter() : new AdapterConfig.Memory(retention);
      case "memory" -> new AdapterConfig.Memory(retention == null ? Retention.DEFAULT : retention);
      case "none" -> new AdapterConfig.None();
      default ->
          throw section.wrong("adapter", "expected memory or none, found \"" + adapter + '"');
    };
  }

  /** Once one of the figures is given, the others are without limit. */
  private static @Nullable Retention retention(Section section) {
    Long events = section.unsigned("retention_max_events");
    Long bytes = section.unsigned("retention_max_bytes");
    Long ageMs = section.unsigned("retention_max_age_ms");
    return events == null && bytes == null && ageMs == null
        ? null
        : new Retention(
            positive(events),
            positive(bytes),
            ageMs == null ? null : Duration.ofMillis(positiveBits(ageMs)));
  }

  private static @Nullable Long positive(@Nullable Long unsigned) {
    return unsigned == null ? null : positiveBits(unsigned);
  }

  private static long positiveBits(long unsigned) {
    return unsigned < 0 ? Long.MAX_VALUE : unsigned;
  }

  private static Batching batching(Section section, Batching before) {
    Long min = section.unsigned("min_size");
    Long max = section.unsigned("max_size");
    Boolean adaptive = section.flag("adaptive");
    Batching batching =
        new Batching(
            min == null ? before.minSize() : BusConfigReader.clamped(min),
            max == null ? before.maxSize() : BusConfigReader.clamped(max),
            millis(section, "max_delay_ms", before.maxDelay()),
            adaptive == null ? before.adaptive() : adaptive,
            millis(section, "velocity_window_ms", before.velocityWindow()));
    section.end();
    return batching;
  }

  private static Duration millis(Section section, String name, Duration before) {
    Long value = section.unsigned(name);
    return value == null ? before : Duration.ofMillis(positiveBits(value));
  }

  private static Path path(Section section, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw section.wrong("producer_nonce_path", "expected a path, found " + text);
    }
  }
}
