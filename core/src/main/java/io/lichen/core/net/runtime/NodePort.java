// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.core.nat.MappingProtocol;
import io.lichen.core.nat.NetworkWatch;
import io.lichen.core.nat.NonceSecret;
import io.lichen.core.nat.PortMapper;
import io.lichen.core.nat.PortMapperCounters;
import io.lichen.core.nat.PortMapperListener;
import io.lichen.core.nat.PortMapperSettings;
import io.lichen.core.nat.local.LocalNetwork;
import io.lichen.core.nat.local.SystemNetwork;
import io.lichen.core.nat.local.Uplinks;
import io.lichen.nat.gateway.PortKind;
import io.lichen.nat.gateway.PortMapping;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a router keep the node's UDP port open, from the start of the node to its end, if that was
 * asked for. Thread-safe.
 */
final class NodePort implements PortMapperListener {
  private static final Logger LOG = LoggerFactory.getLogger(NodePort.class);

  /** Who is told where the port is open. */
  @FunctionalInterface
  interface Opened {
    /** It is open at another address than before; {@code null} if nowhere. */
    void at(@Nullable InetSocketAddress external);
  }

  private record Running(PortMapper mapper, NetworkWatch watch) {
    void close() {
      watch.close();
      mapper.close();
    }
  }

  final PortMapperCounters counters = new PortMapperCounters();
  private final NonceSecret nonces;
  private final Opened opened;
  private final AtomicReference<@Nullable Running> running = new AtomicReference<>();
  private volatile boolean isOpen;

  /**
   * Has nothing to do yet.
   *
   * @param nonces with which PCP asks
   */
  NodePort(NonceSecret nonces, Opened opened) {
    this.nonces = nonces;
    this.opened = opened;
  }

  /** Begins to ask routers. */
  void start(InetSocketAddress bound) {
    LocalNetwork.Source network = new SystemNetwork();
    PortMapper mapper =
        PortMapper.start(
            PortMapperSettings.of(bound.getPort(), EnumSet.allOf(MappingProtocol.class), nonces),
            () -> Uplinks.of(network.read(), bound.getAddress(), ""),
            this,
            counters);
    NetworkWatch watch = NetworkWatch.start(network, NetworkWatch.INTERVAL);
    watch.onChange(change -> mapper.networkChanged());
    running.set(new Running(mapper, watch));
  }

  /** Whether a router keeps the port open. */
  boolean isOpen() {
    return isOpen;
  }

  @Override
  public void onMapped(PortMapping mapping) {
    isOpen = mapping.kinds().contains(PortKind.UDP);
    LOG.info("{} has opened {} for {}", mapping.protocol(), mapping.external(), mapping.kinds());
    opened.at(isOpen ? mapping.external() : null);
  }

  @Override
  public void onUnmapped(String reason) {
    isOpen = false;
    LOG.info("No router opens a port: {}", reason);
    opened.at(null);
  }

  /** Gives the port back, for which it waits a little. Idempotent. */
  void close() {
    Running now = running.getAndSet(null);
    if (now != null) {
      now.close();
    }
  }
}
