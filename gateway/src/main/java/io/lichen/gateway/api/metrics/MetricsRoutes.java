// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lichen.gateway.api.routes.ApiRoutes;
import io.lichen.gateway.http.Response;
import io.lichen.gateway.http.Router;

/** Metrics as Prometheus asks for them. */
public final class MetricsRoutes implements ApiRoutes {
  private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final GatewayMeters meters;

  /** Of these meters, which it closes. */
  public MetricsRoutes(GatewayMeters meters) {
    this.meters = meters;
  }

  @Override
  public void addTo(Router router) {
    router.get(
        "/metrics",
        _ -> Response.bytes(meters.text().getBytes(UTF_8)).withHeader("Content-Type", TYPE));
  }

  @Override
  public void close() {
    meters.close();
  }
}
