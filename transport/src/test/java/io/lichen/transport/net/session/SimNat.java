// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A NAT before one node of a simulated network, as a tap. It keeps one mapping, lets in who was
 * sent something, from any port, and forgets it all when it is told to.
 */
final class SimNat implements SimNet.Tap {
  private final SimNet net;
  private final InetSocketAddress inside;
  private final Set<InetAddress> known = new HashSet<>();
  private InetSocketAddress outside;
  private boolean isOpen;
  private boolean isTranslated;

  SimNat(SimNet net, SimNode inside, int host) {
    this.net = net;
    this.inside = inside.address();
    this.outside = SimNode.address(host);
  }

  InetSocketAddress outside() {
    return outside;
  }

  /** The next mapping will be another one. */
  void forget() {
    known.clear();
    outside = new InetSocketAddress(outside.getAddress(), outside.getPort() + 1);
  }

  /** It has another address from now on. */
  void move(int host) {
    known.clear();
    outside = SimNode.address(host);
  }

  /** Lets everybody in from now on. */
  void open() {
    isOpen = true;
  }

  @Override
  public byte @Nullable [] pass(InetSocketAddress from, InetSocketAddress to, byte[] datagram) {
    if (from.equals(inside)) {
      known.add(to.getAddress());
      net.send(outside, to, datagram);
      return null;
    }
    if (to.equals(outside)) {
      letIn(from, datagram);
      return null;
    }
    return to.equals(inside) && !isTranslated ? null : datagram;
  }

  private void letIn(InetSocketAddress from, byte[] datagram) {
    if (isOpen || known.contains(from.getAddress())) {
      isTranslated = true;
      net.send(from, inside, datagram);
      isTranslated = false;
    }
  }
}
