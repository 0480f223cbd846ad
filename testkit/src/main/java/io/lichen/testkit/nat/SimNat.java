// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.nat;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A NAT of a {@link SimInternet}, with hosts and further NATs behind it. */
public final class SimNat {
  private final SimInternet internet;
  private final SimSegment outside;
  private final SimSegment inside;
  private final NatTable table;

  SimNat(SimInternet internet, SimSegment outside, NatRules rules, InetAddress external) {
    this.internet = internet;
    this.outside = outside;
    this.inside = new SimSegment(internet, this, internet.nextNetwork());
    this.table = new NatTable(rules, external, internet.random.nextLong());
  }

  /** Adds a host behind it. */
  public SimUdpHost host() {
    return inside.host();
  }

  /** Adds a NAT behind it: this one is a carrier's. */
  public SimNat nat(NatRules rules) {
    return inside.nat(rules);
  }

  /** Its address outside. */
  public InetAddress external() {
    return table.external();
  }

  /** Forgets all mappings, as a restart does. */
  public void flush() {
    table.flush();
  }

  /** Gets another address outside and forgets all mappings. */
  public InetAddress changeExternal() {
    table.changeExternal(outside.move(this));
    return external();
  }

  /** From inside to somewhere outside. */
  void sendOut(InetSocketAddress from, InetSocketAddress to, byte[] datagram) {
    InetSocketAddress seen = table.outbound(from, to, internet.time.nowNs());
    if (seen != null) {
      outside.send(seen, to, datagram);
    }
  }

  /** From inside to the own external address. */
  void turnBack(InetSocketAddress from, InetSocketAddress to, byte[] datagram) {
    if (!table.rules().hairpin()) {
      return;
    }
    InetSocketAddress seen = table.outbound(from, to, internet.time.nowNs());
    if (seen != null) {
      internet.carry(() -> letIn(seen, to.getPort(), datagram));
    }
  }

  /** From outside to a port of the external address. */
  void letIn(InetSocketAddress from, int port, byte[] datagram) {
    InetSocketAddress internal = table.inbound(from, port, internet.time.nowNs());
    if (internal != null) {
      inside.arrive(from, internal, datagram);
    }
  }
}
