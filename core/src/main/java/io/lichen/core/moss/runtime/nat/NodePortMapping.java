// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat;

import io.lichen.core.moss.MossConfig;
import io.lichen.core.nat.Doors;
import io.lichen.core.nat.MappingProtocol;
import io.lichen.core.nat.NonceSecret;
import io.lichen.core.nat.PortMapper;
import io.lichen.core.nat.PortMapperCounters;
import io.lichen.core.nat.PortMapperListener;
import io.lichen.core.nat.PortMapperSettings;
import io.lichen.core.nat.local.LocalNetwork;
import io.lichen.core.nat.local.Uplinks;
import io.lichen.nat.gateway.GatewaySettings;
import io.lichen.nat.gateway.PortMapping;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has routers keep the node's port open, by the protocols that the configuration allows
 * (docs/wire/port-mapping.md, "Gateways"). Any thread, one call at a time.
 */
public final class NodePortMapping implements PortMapperListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodePortMapping.class);

  private final Consumer<@Nullable InetSocketAddress> external;
  private final @Nullable PortMapper mapper;

  /**
   * Begins, if there is any protocol and the node can be reached from elsewhere at all.
   *
   * @param bound where the node listens
   * @param refreshNs how often the port is asked for again, at most each minute
   * @param nonces with which PCP asks
   * @param external told where the port is open, or null; on another thread
   */
  public NodePortMapping(
      MossConfig config,
      InetSocketAddress bound,
      long refreshNs,
      NonceSecret nonces,
      LocalNetwork.Source network,
      PortMapperCounters counters,
      Consumer<@Nullable InetSocketAddress> external) {
    this.external = external;
    Set<MappingProtocol> protocols = protocols(config.nat());
    InetAddress host = bound.getAddress();
    if (protocols.isEmpty() || host.isLoopbackAddress()) {
      mapper = null;
      return;
    }
    GatewaySettings usual = GatewaySettings.defaults();
    GatewaySettings settings = usual.withRefreshNs(Math.min(usual.refreshNs(), refreshNs));
    mapper =
        PortMapper.start(
            new PortMapperSettings(bound.getPort(), protocols, settings, Doors.standard(), nonces),
            () -> Uplinks.of(network.read(), host, config.bindInterface()),
            this,
            counters);
  }

  /** Those that a configuration allows. */
  static Set<MappingProtocol> protocols(MossConfig.Nat config) {
    Set<MappingProtocol> protocols = EnumSet.noneOf(MappingProtocol.class);
    if (config.upnpEnabled()) {
      protocols.add(MappingProtocol.UPNP);
    }
    if (config.natpmpEnabled()) {
      protocols.add(MappingProtocol.NAT_PMP);
    }
    if (config.pcpEnabled()) {
      protocols.add(MappingProtocol.PCP);
    }
    return protocols;
  }

  @Override
  public void onMapped(PortMapping mapping) {
    LOG.info("A router has opened {}", mapping);
    external.accept(mapping.external());
  }

  @Override
  public void onUnmapped(String reason) {
    LOG.info("No router opens the port: {}", reason);
    external.accept(null);
  }

  /** Whether the port is open at a router. */
  public boolean isOpen() {
    return mapper != null && mapper.mapping().isPresent();
  }

  /** Looks for routers at once. */
  public void networkChanged() {
    if (mapper != null) {
      mapper.networkChanged();
    }
  }

  /** Has the port given back, without waiting for that. */
  public void stop() {
    if (mapper != null) {
      mapper.stop();
    }
  }

  /** Waits until the port is given back, for three seconds at most. */
  @Override
  public void close() {
    if (mapper != null) {
      mapper.close();
    }
  }
}
