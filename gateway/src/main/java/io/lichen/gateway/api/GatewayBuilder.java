// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api;

import io.lichen.core.bus.EventBus;
import io.lichen.core.bus.EventBusConfig;
import io.lichen.core.moss.MossNode;
import io.lichen.core.net.NetNode;
import io.lichen.gateway.api.events.EventRoutes;
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
import java.nio.file.Path;
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
  private @Nullable NetNode net;
  private @Nullable EventBus events;
  private @Nullable EventBusConfig ownEvents;
  private @Nullable Path redex;
  private @Nullable LogLevels logLevels;

  GatewayBuilder() {}

  /** Gives access to a Moss node, started or not. */
  public GatewayBuilder moss(MossNode node) {
    this.moss = node;
    return this;
  }

  /**
   * Gives access to a Net node, started or not, and to its logs unless {@link #redex} is called.
   */
  public GatewayBuilder net(NetNode node) {
    this.net = node;
    return this;
  }

  /** Gives access to an event bus, which stays open when the gateway closes. */
  public GatewayBuilder events(EventBus bus) {
    this.events = bus;
    return this;
  }

  /** Gives access to an event bus of the gateway's own, which closes with it. */
  public GatewayBuilder events(EventBusConfig config) {
    this.ownEvents = config;
    return this;
  }

  /** Gives access to the logs below a directory, which belongs to this gateway alone. */
  public GatewayBuilder redex(Path directory) {
    this.redex = directory;
    return this;
  }

  /** Lets clients see and change how much is logged. */
  public GatewayBuilder logLevels(LogLevels levels) {
    this.logLevels = levels;
    return this;
  }

  /**
   * Where the gateway's own metrics go besides {@code /metrics} (docs/metrics.md). Default:
   * nowhere.
   */
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
    // First, since what is wrong with it is found without opening anything.
    Access access = Access.of(bind, token, hosts, origins);
    DataParts data = new DataParts(moss, net, eventRoutes(), redex, logLevels);
    return Gateway.start(
        groups(data),
        access,
        router ->
            HttpServer.builder(router)
                .bind(bind)
                .limits(limits)
                .meters(data.registry(registry))
                .start());
  }

  private @Nullable EventRoutes eventRoutes() {
    if (ownEvents != null) {
      return new EventRoutes(EventBus.open(ownEvents), true);
    }
    return events == null ? null : new EventRoutes(events, false);
  }

  private List<ApiRoutes> groups(DataParts data) {
    List<ApiRoutes> groups = new ArrayList<>();
    if (moss != null) {
      groups.add(new MeshRoutes(moss));
      groups.add(new MessageRoutes(moss));
    }
    if (moss != null || net != null) {
      groups.add(new PeerRoutes(moss, net));
    }
    groups.addAll(data.groups());
    return groups;
  }
}
