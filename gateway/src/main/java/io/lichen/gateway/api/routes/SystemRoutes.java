// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.routes;

import io.lichen.gateway.http.HttpServer;
import io.lichen.gateway.http.Request;
import io.lichen.gateway.http.Response;
import io.lichen.gateway.http.Router;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Whether the gateway and what is behind it live, and what that is. */
public final class SystemRoutes implements ApiRoutes {
  private static final List<String> PARTS = List.of("moss", "net", "redex", "gateway");

  private final String version;
  private final List<ApiRoutes> groups;
  private final long startNs = System.nanoTime();
  private volatile String address = "";

  /**
   * Over other groups.
   *
   * @param version of the program
   */
  public SystemRoutes(String version, List<ApiRoutes> groups) {
    this.version = version;
    this.groups = List.copyOf(groups);
  }

  @Override
  public void addTo(Router router) {
    router.get("/healthz", request -> Response.text("ok"));
    router.get("/readyz", this::ready);
    router.get("/v1/info", request -> Response.json(info()));
  }

  @Override
  public void serving(HttpServer server) {
    InetSocketAddress bound = server.address();
    String host = bound.getAddress().getHostAddress();
    address = (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + bound.getPort();
  }

  @Override
  public boolean isPublic(String route) {
    return route.equals("/healthz") || route.equals("/readyz");
  }

  private Response ready(Request request) {
    boolean ready = groups.stream().allMatch(ApiRoutes::isReady);
    return ready ? Response.text("ok") : Response.text("not started").withStatus(503);
  }

  private Map<String, Object> info() {
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("version", version);
    info.put("uptime_ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs));
    PARTS.forEach(part -> info.put(part, null));
    groups.forEach(group -> group.describe(info));
    info.put("gateway", Map.of("addr", address));
    return info;
  }
}
