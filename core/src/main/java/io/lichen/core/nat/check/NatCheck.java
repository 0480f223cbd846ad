// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat.check;

import io.lichen.core.nat.Doors;
import io.lichen.core.nat.GatewayRound;
import io.lichen.core.nat.MappingAttempt;
import io.lichen.core.nat.MappingProtocol;
import io.lichen.core.nat.NonceSecret;
import io.lichen.core.nat.local.LocalAddress;
import io.lichen.core.nat.local.LocalNetwork;
import io.lichen.core.nat.local.SystemNetwork;
import io.lichen.core.nat.local.Uplink;
import io.lichen.core.nat.local.Uplinks;
import io.lichen.core.nat.mapping.RouterPorts;
import io.lichen.core.nat.mapping.UdpEnd;
import io.lichen.nat.behaviour.NatBehaviour;
import io.lichen.nat.gateway.GatewaySettings;
import io.lichen.nat.profile.AddressRank;
import io.lichen.nat.profile.AddressSource;
import io.lichen.nat.profile.Profiler;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what this machine is behind, with a socket of its own: asks STUN servers how they see
 * it, and routers whether they open its port. Nothing else is contacted, and nothing stays open.
 */
public final class NatCheck {
  private static final InetAddress ANY = InetAddress.ofLiteral("0.0.0.0");
  private static final long LIFETIME_SECONDS = 120;

  private final NatCheckOptions options;
  private final LocalNetwork network;
  private final List<Uplink> uplinks;
  private final Doors doors;
  private final List<Tried> tried = new ArrayList<>();
  private @Nullable InetSocketAddress mapped;

  NatCheck(NatCheckOptions options, LocalNetwork network, List<Uplink> uplinks, Doors doors) {
    this.options = options;
    this.network = network;
    this.uplinks = List.copyOf(uplinks);
    this.doors = doors;
  }

  /**
   * Looks; takes some seconds.
   *
   * @throws IllegalArgumentException if there is no such interface, or it has no IPv4 address
   * @throws IOException if there is no socket to be had
   */
  public static NatFindings run(NatCheckOptions options) throws IOException, InterruptedException {
    LocalNetwork network = new SystemNetwork().read();
    List<Uplink> uplinks =
        options.routers() ? Uplinks.of(network, ANY, options.bindInterface()) : List.of();
    return new NatCheck(options, network, uplinks, Doors.standard()).run();
  }

  /** On a virtual thread, where waits for sockets can be interrupted. */
  NatFindings run() throws IOException, InterruptedException {
    InetAddress local = bindAddress();
    FutureTask<NatFindings> task = new FutureTask<>(() -> look(local));
    Thread thread = Thread.ofVirtual().name("lichen-nat-check").start(task);
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failed) {
        throw failed;
      }
      throw new IllegalStateException("a fault in the check", e.getCause());
    } finally {
      thread.interrupt();
    }
  }

  private NatFindings look(InetAddress local) throws IOException, InterruptedException {
    try (UdpEnd socket = UdpEnd.bound(local)) {
      Profiler profiler = new Profiler(new InetSocketAddress(ANY, socket.localPort()), 0);
      profiler.ownCarrierAddress(
          own().stream().anyMatch(each -> AddressRank.of(each) == AddressRank.CARRIER));
      askServers(socket, profiler);
      askRouters(socket.localPort());
      profiler.gateway(mapped);
      return Advice.completed(findings(profiler));
    }
  }

  private InetAddress bindAddress() {
    if (options.bindInterface().isEmpty()) {
      return ANY;
    }
    return network.addresses().stream()
        .filter(each -> each.isNamed(options.bindInterface()))
        .map(LocalAddress::address)
        .filter(Inet4Address.class::isInstance)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no IPv4 address at interface " + options.bindInterface()));
  }

  private List<InetAddress> own() {
    return network.addresses().stream().map(LocalAddress::address).toList();
  }

  private void askServers(UdpEnd socket, Profiler profiler)
      throws IOException, InterruptedException {
    List<String> names = new ArrayList<>();
    List<InetSocketAddress> servers = new ArrayList<>();
    for (String name : options.stunServers()) {
      InetSocketAddress server = resolved(name);
      if (server == null) {
        tried.add(new Tried("STUN", name, false, "no IPv4 address"));
      } else if (!servers.contains(server)) {
        names.add(name);
        servers.add(server);
      }
    }
    StunCheck check = new StunCheck(socket, servers, own(), options.patience());
    NatBehaviour behaviour = check.run();
    for (int i = 0; i < servers.size(); i++) {
      InetSocketAddress seen = check.seenBy(servers.get(i));
      tried.add(
          new Tried(
              "STUN",
              names.get(i),
              seen != null,
              seen == null ? "no answer" : "sees this machine at " + text(seen)));
    }
    profiler.stun(behaviour, check.samples(), System.nanoTime());
  }

  private static @Nullable InetSocketAddress resolved(String server) {
    int colon = server.lastIndexOf(':');
    try {
      int port = Integer.parseInt(server.substring(colon + 1));
      return Arrays.stream(InetAddress.getAllByName(server.substring(0, colon)))
          .filter(Inet4Address.class::isInstance)
          .findFirst()
          .map(host -> new InetSocketAddress(host, port))
          .orElse(null);
    } catch (UnknownHostException | IllegalArgumentException | IndexOutOfBoundsException e) {
      return null;
    }
  }

  private void askRouters(int port) throws InterruptedException {
    if (!options.routers()) {
      return;
    }
    RouterPorts ports =
        new RouterPorts(
            doors,
            port,
            GatewaySettings.defaults().withLifetimeSeconds(LIFETIME_SECONDS),
            NonceSecret.draw(new SecureRandom()),
            () -> {});
    for (MappingProtocol protocol : MappingProtocol.values()) {
      GatewayRound round = new GatewayRound(protocol, uplinks, ports);
      try {
        round.open();
        round.attempts().forEach(this::note);
      } finally {
        round.releaseAllBut(null);
      }
    }
  }

  private void note(MappingAttempt attempt) {
    String method = attempt.protocol().label();
    String router = attempt.gateway().getHostAddress();
    if (attempt.mapping() == null) {
      tried.add(new Tried(method, router, false, attempt.failure()));
      return;
    }
    InetSocketAddress external = attempt.mapping().external();
    tried.add(new Tried(method, router, true, "opens " + text(external)));
    if (mapped == null
        || AddressRank.of(external.getAddress()).compareTo(AddressRank.of(mapped.getAddress()))
            > 0) {
      mapped = external;
    }
  }

  private NatFindings findings(Profiler profiler) {
    var evidence = profiler.evidence();
    InetSocketAddress seen = profiler.addresses().of(AddressSource.STUN);
    InetSocketAddress external = seen == null ? profiler.profile().external() : seen;
    return new NatFindings(
        profiler.profile().type(),
        evidence.mapping(),
        evidence.filtering(),
        evidence.carrier(),
        external == null ? "" : text(external),
        mapped == null ? "" : text(mapped),
        network.addresses().stream()
            .map(LocalAddress::address)
            .filter(each -> AddressRank.of(each) != AddressRank.OTHER)
            .map(InetAddress::getHostAddress)
            .toList(),
        uplinks.stream().map(each -> each.gateway().getHostAddress()).distinct().toList(),
        tried,
        List.of());
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }
}
