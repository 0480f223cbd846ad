// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import io.lichen.conformance.child.Waits;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Looks at a NAT from both sides with plain sockets: one inside, and outside those of a server with
 * two addresses and two ports on each.
 */
final class NatProbe implements AutoCloseable {
  /** What is on the way when something sent after it has arrived may take so much longer. */
  private static final Duration GRACE = Duration.ofMillis(50);

  private final NatSocket inside;
  private final NatSocket first;
  private final NatSocket firstsOtherPort;
  private final NatSocket other;
  private final NatSocket othersOtherPort;

  /** Whose datagrams came in to a port from which only the first socket was sent to. */
  record Filtering(boolean otherHost, boolean otherPort) {}

  NatProbe(Host inside, Host server) {
    this(NatSocket.on(inside), server);
  }

  NatProbe(NatSocket inside, Host server) {
    String address = server.addresses().getFirst();
    String otherAddress = server.addresses().get(1);
    this.inside = inside;
    this.first = NatSocket.on(server, address, 0);
    this.firstsOtherPort = NatSocket.on(server, address, 0);
    this.other = NatSocket.on(server, otherAddress, first.port());
    this.othersOtherPort = NatSocket.on(server, otherAddress, firstsOtherPort.port());
  }

  InetSocketAddress internal() {
    return inside.address();
  }

  /** As whom the inside is seen by the server's two hosts with two ports each, in this order. */
  List<InetSocketAddress> seen() {
    return List.of(
        inside.seenBy(first),
        inside.seenBy(firstsOtherPort),
        inside.seenBy(other),
        inside.seenBy(othersOtherPort));
  }

  /** Who gets in; to be asked before {@link #seen}, which lets everybody in. */
  Filtering filtering() {
    InetSocketAddress mapped = inside.seenBy(first);
    String fromOther = other.send(mapped);
    String fromOtherPort = firstsOtherPort.send(mapped);
    inside.await(first.send(mapped));
    Waits.holdsWithin(GRACE, () -> inside.hasHeard(fromOther) && inside.hasHeard(fromOtherPort));
    return new Filtering(inside.hasHeard(fromOther), inside.hasHeard(fromOtherPort));
  }

  /** Waits until a datagram from the first socket to an address has come in. */
  void awaitIn(InetSocketAddress mapped) {
    inside.await(first.send(mapped));
  }

  /** Waits until a datagram to the first socket has got out. */
  void awaitOut() {
    first.await(inside.send(first.address()));
  }

  /** Whether a datagram from the first socket to an address comes in at once. */
  boolean comesIn(InetSocketAddress mapped) {
    String text = first.send(mapped);
    return Waits.holdsWithin(GRACE.multipliedBy(4), () -> inside.hasHeard(text));
  }

  InetSocketAddress seenByFirst() {
    return inside.seenBy(first);
  }

  /** Whether a datagram to the first socket gets out at once. */
  boolean goesOut() {
    String text = inside.send(first.address());
    return Waits.holdsWithin(GRACE.multipliedBy(4), () -> first.hasHeard(text));
  }

  @Override
  public void close() {
    List.of(inside, first, firstsOtherPort, other, othersOtherPort).forEach(NatSocket::close);
  }
}
