// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import io.lichen.nat.profile.AddressRank;
import io.lichen.nat.punch.Flows;
import io.lichen.nat.punch.NextPort;
import io.lichen.nat.punch.PortPrediction;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which ports this node's own NAT gives it next, if that is symmetric and gives them out in order
 * (docs/wire/net-nat.md, "Port prediction"). Belongs to the node's loop.
 */
public final class OwnPorts {
  private final boolean isEnabled;
  private final Flows flows = new Flows();
  private final NextPort nextPort = new NextPort();
  private Map<Long, InetSocketAddress> lastRound = Map.of();
  private int step;

  /**
   * Knows of no order.
   *
   * @param isEnabled whether ports are predicted at all; if not, there is none for ever
   */
  public OwnPorts(boolean isEnabled) {
    this.isEnabled = isEnabled;
  }

  /** Whether ports are predicted at all, the other end's included. */
  public boolean areEnabled() {
    return isEnabled;
  }

  /** Nobody knows of a symmetric NAT any more. */
  void forget() {
    step = 0;
    lastRound = Map.of();
    nextPort.forget();
  }

  /**
   * Behind a symmetric NAT, peers have said where they see this node.
   *
   * @param seen by peer
   */
  void learn(Map<Long, InetSocketAddress> seen) {
    boolean isAnew =
        seen.entrySet().stream().anyMatch(each -> isElsewhere(each.getKey(), each.getValue()));
    if (isAnew) {
      // A NAT that was restarted begins somewhere else.
      nextPort.forget();
    }
    lastRound = Map.copyOf(seen);
    List<InetSocketAddress> mappings = seen.values().stream().filter(OwnPorts::isPublic).toList();
    step = isEnabled ? step(mappings) : 0;
    if (step != 0) {
      mappings.forEach(mapping -> nextPort.saw(mapping, step, flows.count()));
    }
  }

  private boolean isElsewhere(long peer, InetSocketAddress mapping) {
    InetSocketAddress before = lastRound.get(peer);
    return before != null && !before.equals(mapping);
  }

  private static boolean isPublic(InetSocketAddress mapping) {
    return AddressRank.of(mapping.getAddress()) == AddressRank.PUBLIC;
  }

  /** Of one address only: with several, each has an order of its own. */
  private static int step(List<InetSocketAddress> mappings) {
    if (mappings.stream().map(InetSocketAddress::getAddress).distinct().count() != 1) {
      return 0;
    }
    // Peers are dialled at the same time: who answers first tells nothing of the ports' order.
    return PortPrediction.spacing(mappings.stream().map(InetSocketAddress::getPort).toList());
  }

  /** How far a mapping is from the one before; 0 if there is no telling. */
  int step() {
    return step;
  }

  /** This node has begun to speak to an address, or somebody there to it: that may cost a port. */
  public void spokeTo(InetSocketAddress address) {
    flows.sentTo(address);
  }

  /** Where somebody new will see this node; {@code null} if there is no telling. */
  @Nullable InetSocketAddress next() {
    return step == 0 ? null : nextPort.next(step, flows.count());
  }

  /**
   * Where somebody new will see this node, whom another one sees at an address; that address if
   * there is no telling.
   */
  public InetSocketAddress next(InetSocketAddress seen) {
    if (step == 0) {
      return seen;
    }
    nextPort.saw(seen, step, flows.count());
    InetSocketAddress next = next();
    return next != null && next.getAddress().equals(seen.getAddress()) ? next : seen;
  }
}
