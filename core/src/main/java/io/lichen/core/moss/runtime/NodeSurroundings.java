// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.core.moss.runtime.dial.Dialer;
import io.lichen.core.moss.runtime.nat.NodePortMapping;
import io.lichen.core.nat.NetworkChange;
import io.lichen.core.nat.NetworkWatch;
import io.lichen.core.nat.NonceSecret;
import io.lichen.core.nat.local.LocalNetwork;
import io.lichen.core.nat.local.SystemNetwork;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a node does about the network around its machine: has routers open its port, and recovers at
 * once when the network changes instead of waiting for time-outs.
 */
final class NodeSurroundings implements AutoCloseable {
  private final NodeParts parts;
  private final Dialer dialer;
  private final Runnable reprobe;
  private final NodePortMapping mapping;
  private final NetworkWatch watch;

  /**
   * Begins; the node's loop runs.
   *
   * @param bound where the node listens
   * @param probeNs how often it is looked after at most
   * @param external told where a router has opened the port, or null; any thread
   * @param reprobe forgets and finds out anew what the node is behind; any thread
   */
  NodeSurroundings(
      NodeParts parts,
      Dialer dialer,
      InetSocketAddress bound,
      long probeNs,
      Consumer<@Nullable InetSocketAddress> external,
      Runnable reprobe) {
    this.parts = parts;
    this.dialer = dialer;
    this.reprobe = reprobe;
    LocalNetwork.Source network = new SystemNetwork();
    mapping =
        new NodePortMapping(
            parts.settings.config(),
            bound,
            probeNs,
            NonceSecret.of(parts.settings.identity().noisePrivate()),
            network,
            parts.mappingCounters,
            external);
    watch = NetworkWatch.start(network, NetworkWatch.INTERVAL);
    watch.onChange(this::networkChanged);
  }

  /** Whether a router has opened the port. */
  boolean isPortOpen() {
    return mapping.isOpen();
  }

  private void networkChanged(NetworkChange change) {
    parts.networkChanges.count(change);
    mapping.networkChanged();
    reprobe.run();
    parts.loop.execute(this::recover);
  }

  /** Others see the node elsewhere than before; the node's loop only. */
  void moved() {
    parts.networkChanges.count(NetworkChange.Kind.EXTERNAL);
    mapping.networkChanged();
    recover();
  }

  private void recover() {
    long nowNs = parts.clockNs.getAsLong();
    parts.keepalive.doubtAll(nowNs);
    parts.redialer.startOver(nowNs);
    dialer.redialDue(nowNs);
    parts.exchange.refreshOwn();
  }

  /** Has everything end, without waiting for it. */
  void stop() {
    watch.close();
    mapping.stop();
  }

  /** Waits until the port is given back, for three seconds at most. */
  @Override
  public void close() {
    stop();
    mapping.close();
  }
}
