// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.lan;

import io.lichen.core.moss.discovery.DiscoveryCounters;
import io.lichen.core.moss.discovery.Endpoint;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls in the local network and listens for others (docs/wire/moss-discovery.md, "Beacons"). */
public final class LanDiscovery implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LanDiscovery.class);

  private final LocalNetworks.Source source;
  private final LanSocket socket;
  private final BeaconFilter filter;
  private final byte[] beacon;
  private final Consumer<Endpoint> found;
  private final DiscoveryCounters counters;
  private final LongSupplier clockNs;
  private volatile LocalNetworks networks;

  /**
   * Binds.
   *
   * @param source tells the networks of this machine, which come and go
   * @param port the UDP port on which all nodes of all networks listen, 1 to 65535
   * @param own what this node calls
   * @param intervalNs in which a peer is answered once
   * @param found is told of other nodes, from the thread that listens
   * @throws IOException if the port cannot be shared
   */
  public LanDiscovery(
      LocalNetworks.Source source,
      int port,
      LanBeacon own,
      long intervalNs,
      Consumer<Endpoint> found,
      DiscoveryCounters counters,
      LongSupplier clockNs)
      throws IOException {
    this.source = source;
    this.networks = source.read();
    this.beacon = own.encode();
    this.found = found;
    this.counters = counters;
    this.clockNs = clockNs;
    this.filter =
        new BeaconFilter(
            own.networkId(),
            own.peerId(),
            intervalNs,
            address -> networks.contains(address),
            clockNs.getAsLong());
    this.socket = LanSocket.open(networks, port);
  }

  /** Calls once in the networks that there are now; any thread. */
  public void call() {
    try {
      networks = source.read();
    } catch (SocketException e) {
      LOG.debug("The networks are taken to be those of before", e);
    }
    counters.beaconsSent.add(socket.call(beacon, networks));
  }

  /** Listens until this is closed; one thread. */
  public void listen() {
    try {
      while (true) {
        hear(socket.receive());
      }
    } catch (ClosedChannelException e) {
      LOG.debug("No longer listening for beacons");
    } catch (IOException e) {
      LOG.warn("LAN discovery has ended: {}", e.toString());
    }
  }

  private void hear(LanSocket.Datagram datagram) {
    if (Arrays.equals(datagram.octets(), beacon)) {
      // Whoever calls hears itself.
      counters.beaconsOwn.increment();
      return;
    }
    Optional<BeaconFilter.Heard> heard =
        filter.receive(datagram.source(), datagram.octets(), clockNs.getAsLong());
    if (heard.isEmpty()) {
      counters.beaconsIgnored.increment();
      return;
    }
    counters.beaconsAccepted.increment();
    if (heard.get().toBeAnswered()) {
      counters.beaconsSent.add(socket.send(beacon, datagram.source()));
    }
    found.accept(heard.get().endpoint());
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("The beacon socket did not close cleanly", e);
    }
  }
}
