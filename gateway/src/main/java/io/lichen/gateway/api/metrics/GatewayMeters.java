// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a gateway shows at {@code /metrics}: a registry of its own. Thread-safe. */
public final class GatewayMeters implements AutoCloseable {
  private static final List<MeterBinder> PROCESS =
      List.of(
          new JvmMemoryMetrics(),
          new JvmThreadMetrics(),
          new ProcessorMetrics(),
          new UptimeMetrics());

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Supplier<String> replicationText;
  private final List<Part> waiting = new ArrayList<>();

  /**
   * Something with metrics.
   *
   * @param isThere whether it has all of them by now, some of which a node has from its start only
   */
  public record Part(MeterBinder meters, BooleanSupplier isThere) {}

  /**
   * Of these parts and of this process.
   *
   * @param replicationText the metrics of replicated logs, which stand behind the registry's and
   *     are left out there: a text must not have a name twice
   */
  public GatewayMeters(List<Part> parts, Supplier<String> replicationText) {
    this.replicationText = replicationText;
    registry.config().meterFilter(MeterFilter.denyNameStartsWith("dataforts."));
    PROCESS.forEach(part -> part.bindTo(registry));
    waiting.addAll(parts);
  }

  /**
   * Where more is counted that is to be shown.
   *
   * @param other another registry that is to have it, too
   */
  public MeterRegistry registry(@Nullable MeterRegistry other) {
    return other == null ? registry : new CompositeMeterRegistry().add(registry).add(other);
  }

  /** Everything, in Prometheus's text format 0.0.4. */
  String text() {
    bindWhatIsThere();
    return registry.scrape() + replicationText.get();
  }

  private synchronized void bindWhatIsThere() {
    for (Part part : List.copyOf(waiting)) {
      if (part.isThere.getAsBoolean()) {
        part.meters.bindTo(registry);
        waiting.remove(part);
      }
    }
  }

  @Override
  public void close() {
    registry.close();
  }
}
