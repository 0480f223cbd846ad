// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api;

import io.lichen.core.moss.MossNode;
import io.lichen.gateway.api.moss.MeshRoutes;
import io.lichen.gateway.api.moss.MessageRoutes;
import io.lichen.gateway.api.peers.PeerRoutes;
import io.lichen.gateway.api.routes.ApiRoutes;
import io.lichen.gateway.api.security.Access;
import io.lichen.gateway.http.HttpLimits;
import io.lichen.gateway.http.HttpServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a {@link Gateway} gives access to, where, and to whom. For one thread. */
public final class GatewayBuilder {
  private InetSocketAddress bind = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private HttpLimits limits = HttpLimits.defaults();
  private Set<String> hosts = Set.of();
  private Set<String> origins = Set.of();
  private @Nullable String token;
  private @Nullable MeterRegistry registry;
  private @Nullable MossNode moss;

  GatewayBuilder() {}

  /** Gives access to a Moss node, started or not. */
  public GatewayBuilder moss(MossNode node) {
    this.moss = node;
    return this;
  }

  /** Where the gateway's own metrics go (docs/metrics.md). Default: nowhere. */
  public GatewayBuilder registry(MeterRegistry meters) {
    this.registry = meters;
    return this;
  }

  /**
   * Where to listen. Default: 127.0.0.1, a port that the system chooses. Elsewhere than on loopback
   * a {@link #token} is required.
   */
  public GatewayBuilder bind(InetSocketAddress address) {
    this.bind = address;
    return this;
  }

  /**
   * What every request has to show as {@code Authorization: Bearer …}.
   *
   * @throws IllegalArgumentException if it is blank
   */
  public GatewayBuilder token(String secret) {
    if (secret.isBlank()) {
      throw new IllegalArgumentException("the token is blank; leave it out to ask for none");
    }
    this.token = secret;
    return this;
  }

  /**
   * Names by which clients may call this host, without port, besides {@code localhost} and
   * addresses of loopback.
   */
  public GatewayBuilder allowedHosts(Collection<String> names) {
    this.hosts = Set.copyOf(names);
    return this;
  }

  /**
   * Origins of pages that may use the gateway besides its own page: {@code https://example.org}.
   */
  public GatewayBuilder allowedOrigins(Collection<String> pages) {
    this.origins = Set.copyOf(pages);
    return this;
  }

  /** What the server takes from clients. Default: {@link HttpLimits#defaults}. */
  public GatewayBuilder limits(HttpLimits most) {
    this.limits = most;
    return this;
  }

  /**
   * A gateway that listens.
   *
   * @throws IllegalArgumentException without a token at an address that others can reach
   * @throws java.io.UncheckedIOException when the address can not be bound; names it
   */
  public Gateway start() {
    return Gateway.start(
        groups(),
        Access.of(bind, token, hosts, origins),
        router -> {
          HttpServer.Builder server = HttpServer.builder(router).bind(bind).limits(limits);
          return (registry == null ? server : server.meters(registry)).start();
        });
  }

  private List<ApiRoutes> groups() {
    List<ApiRoutes> groups = new ArrayList<>();
    if (moss != null) {
      groups.add(new MeshRoutes(moss));
      groups.add(new MessageRoutes(moss));
      groups.add(new PeerRoutes(moss, null));
    }
    return groups;
  }
}
