// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import io.lichen.conformance.netns.Namespaces;
import io.lichen.conformance.netns.Tun;
import io.lichen.testkit.nat.NatRules;
import io.lichen.testkit.nat.NatTable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A NAT in this process, by the model of the testkit. What comes from {@code lan} is routed into a
 * tun device, and what is for the external address, too; what comes back out of it is translated.
 */
final class UserNat implements Translator {
  private static final String DEVICE = "nat";
  private static final String FROM_LAN = "100";

  private final String namespace;
  private final RouterSpec spec;
  private final String lan;
  private final Tun tun;
  private @Nullable String external;
  private @Nullable Tables tables;

  /** Those of the two protocols. */
  private record Tables(NatTable udp, NatTable tcp) {
    NatTable of(Ipv4Packet packet) {
      return packet.isUdp() ? udp : tcp;
    }
  }

  UserNat(String namespace, RouterSpec spec, String lan) {
    this.namespace = namespace;
    this.spec = spec;
    this.lan = lan;
    this.tun = Tun.open(namespace, DEVICE, this::translate);
    Namespaces.ip(
        namespace,
        "link set " + DEVICE + " up",
        "route add default dev " + DEVICE + " table " + FROM_LAN,
        "route add throw " + lan + " table " + FROM_LAN,
        "rule add iif lan lookup " + FROM_LAN);
  }

  @Override
  public void translateTo(String address) {
    String before = external;
    if (address.equals(before)) {
      // The line was down: the proxy's entries went with it.
      Namespaces.ip(namespace, "neighbour replace proxy " + address + " dev " + Router.WAN);
      return;
    }
    if (before != null) {
      Namespaces.ip(
          namespace,
          "route delete " + before + " dev " + DEVICE,
          "neighbour delete proxy " + before + " dev " + Router.WAN);
    }
    Namespaces.sysctl(
        namespace,
        "net.ipv4.neigh." + Router.WAN + ".proxy_delay=0",
        "net.ipv4.conf.all.rp_filter=0",
        "net.ipv4.conf." + DEVICE + ".rp_filter=0",
        "net.ipv4.conf." + Router.WAN + ".rp_filter=0");
    Namespaces.ip(
        namespace,
        "route replace " + address + " dev " + DEVICE,
        "neighbour replace proxy " + address + " dev " + Router.WAN);
    external = address;
    reset(InetAddress.ofLiteral(address));
  }

  private synchronized void reset(InetAddress address) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    tables =
        new Tables(
            new NatTable(rules(), address, random.nextLong()),
            new NatTable(rules(), address, random.nextLong()));
  }

  private NatRules rules() {
    return spec.kind().rules().withHairpin(spec.hairpin()).withLifetime(spec.lifetime().toNanos());
  }

  private synchronized byte @Nullable [] translate(byte[] octets) {
    Ipv4Packet packet = Ipv4Packet.of(octets);
    if (packet == null || tables == null) {
      return null;
    }
    NatTable table = tables.of(packet);
    InetAddress outside = table.external();
    InetSocketAddress from = packet.source();
    InetSocketAddress to = packet.destination();
    long nowNs = System.nanoTime();
    if (isInside(from)) {
      if (to.getAddress().equals(outside) && !spec.hairpin()) {
        return null;
      }
      from = table.outbound(from, to, nowNs);
    }
    if (from != null && to.getAddress().equals(outside)) {
      to = table.inbound(from, to.getPort(), nowNs);
    }
    return from == null || to == null ? null : packet.between(from, to);
  }

  private boolean isInside(InetSocketAddress address) {
    String network = lan.substring(0, lan.lastIndexOf('.') + 1);
    return address.getAddress().getHostAddress().startsWith(network);
  }

  @Override
  public synchronized void flush() {
    if (tables != null) {
      tables.udp.flush();
      tables.tcp.flush();
    }
  }

  @Override
  public void close() {
    tun.close();
  }
}
