// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.nat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A network with addresses of its own: the public one, or the inside of a NAT. */
final class SimSegment {
  private final SimInternet internet;
  private final @Nullable SimNat exit;
  private final Map<InetAddress, SimUdpHost> hosts = new HashMap<>();
  private final Map<InetAddress, SimNat> nats = new HashMap<>();
  private int lastAddress;

  /**
   * An empty one.
   *
   * @param exit what leads out of it; {@code null} if nothing does
   * @param firstAddress the one before the first that is given out
   */
  SimSegment(SimInternet internet, @Nullable SimNat exit, int firstAddress) {
    this.internet = internet;
    this.exit = exit;
    this.lastAddress = firstAddress;
  }

  SimUdpHost host() {
    SimUdpHost host = new SimUdpHost(this, nextAddress());
    hosts.put(host.address(), host);
    return host;
  }

  SimNat nat(NatRules rules) {
    SimNat nat = new SimNat(internet, this, rules, nextAddress());
    nats.put(nat.external(), nat);
    return nat;
  }

  /** Gives a NAT another address. */
  InetAddress move(SimNat nat) {
    nats.remove(nat.external());
    InetAddress address = nextAddress();
    nats.put(address, nat);
    return address;
  }

  /** A datagram from somebody here: as far out as it has to go, then on its way. */
  void send(InetSocketAddress from, InetSocketAddress to, byte[] datagram) {
    boolean isHere = hosts.containsKey(to.getAddress()) || nats.containsKey(to.getAddress());
    if (isHere || exit == null) {
      internet.carry(() -> arrive(from, to, datagram));
    } else if (to.getAddress().equals(exit.external())) {
      exit.turnBack(from, to, datagram);
    } else {
      exit.sendOut(from, to, datagram);
    }
  }

  /** A datagram that has come as far as this network. */
  void arrive(InetSocketAddress from, InetSocketAddress to, byte[] datagram) {
    SimUdpHost host = hosts.get(to.getAddress());
    SimNat nat = nats.get(to.getAddress());
    if (host != null) {
      host.receive(to.getPort(), from, datagram);
    } else if (nat != null) {
      nat.letIn(from, to.getPort(), datagram);
    }
  }

  private InetAddress nextAddress() {
    byte[] octets = ByteBuffer.allocate(Integer.BYTES).putInt(++lastAddress).array();
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 octets are an address", e);
    }
  }
}
