// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api;

import io.lichen.core.moss.MossNode;
import io.lichen.core.net.NetNode;
import io.lichen.gateway.api.events.EventRoutes;
import io.lichen.gateway.api.levels.LevelRoutes;
import io.lichen.gateway.api.logs.LogRoutes;
import io.lichen.gateway.api.logs.LogStore;
import io.lichen.gateway.api.metrics.GatewayMeters;
import io.lichen.gateway.api.metrics.MetricsRoutes;
import io.lichen.gateway.api.net.NetRoutes;
import io.lichen.gateway.api.openapi.OpenApiRoutes;
import io.lichen.gateway.api.routes.ApiRoutes;
import io.lichen.redex.RedexException;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of a gateway beside those of a Moss node; each is there if what it shows is. */
final class DataParts {
  private final List<ApiRoutes> groups = new ArrayList<>();
  private final GatewayMeters meters;

  /**
   * Opens what belongs to the gateway.
   *
   * @throws RedexException if the directory of logs cannot be used
   */
  DataParts(
      @Nullable MossNode moss,
      @Nullable NetNode net,
      @Nullable EventRoutes events,
      @Nullable Path redex,
      @Nullable LogLevels levels) {
    List<GatewayMeters.Part> parts = new ArrayList<>();
    if (moss != null) {
      // Before its start a node has no socket layer, which counts as well.
      parts.add(new GatewayMeters.Part(moss.metrics(), () -> moss.info().listenPort() != 0));
    }
    if (net != null) {
      parts.add(new GatewayMeters.Part(net.metrics(), () -> true));
      groups.add(new NetRoutes(net));
    }
    if (events != null) {
      parts.add(new GatewayMeters.Part(events.meters(), () -> true));
      groups.add(events);
    }
    if (redex != null) {
      groups.add(new LogRoutes(open(redex)));
    } else if (net != null) {
      groups.add(new LogRoutes(LogStore.of(net.logs().manager())));
    }
    if (levels != null) {
      groups.add(new LevelRoutes(levels::level, levels::setLevel));
    }
    meters = new GatewayMeters(parts, net == null ? () -> "" : net.logs()::prometheusText);
    groups.add(new MetricsRoutes(meters));
    groups.add(new OpenApiRoutes());
  }

  private LogStore open(Path directory) {
    try {
      return LogStore.open(directory);
    } catch (RedexException e) {
      groups.forEach(ApiRoutes::close);
      throw e;
    }
  }

  List<ApiRoutes> groups() {
    return groups;
  }

  /** Where the server counts: the gateway's own metrics, and {@code other} if there is one. */
  MeterRegistry registry(@Nullable MeterRegistry other) {
    return meters.registry(other);
  }
}
