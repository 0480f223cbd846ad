// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.punch;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Which port this node's own NAT gives next, if it gives them out in order: as many steps after the
 * last that was seen as this node has begun to speak to others since (docs/wire/moss-nat.md, "Port
 * prediction"). Not thread-safe.
 */
public final class NextPort {
  private static final int PORTS = 65_536;

  private @Nullable InetSocketAddress newest;
  private long flowsThen;

  /** Knows nothing yet. */
  public NextPort() {}

  /** Nothing that was seen counts any more. */
  public void forget() {
    newest = null;
  }

  /**
   * This node was seen here.
   *
   * @param step of its NAT, not 0
   * @param flows to how many others it has sent something so far ({@link Flows})
   */
  public void saw(InetSocketAddress mapping, int step, long flows) {
    InetSocketAddress last = newest;
    if (last == null
        || !last.getAddress().equals(mapping.getAddress())
        || isLater(mapping.getPort() - last.getPort(), step)) {
      newest = mapping;
      flowsThen = flows;
    }
  }

  /** Ports begin anew after the last one. */
  private static boolean isLater(int difference, int step) {
    long ahead = (long) difference * Integer.signum(step);
    return Math.floorMod(ahead, PORTS) > 0 && Math.floorMod(ahead, PORTS) < PORTS / 2;
  }

  /** Where it was seen last, if anywhere. */
  public @Nullable InetSocketAddress newest() {
    return newest;
  }

  /**
   * Where it will be seen next.
   *
   * @param step of its NAT, not 0
   * @param flows to how many others it has sent something so far
   * @return {@code null} if there is no telling
   */
  public @Nullable InetSocketAddress next(int step, long flows) {
    InetSocketAddress last = newest;
    if (last == null) {
      return null;
    }
    long port = last.getPort() + step * (1 + flows - flowsThen);
    return port < 1 || port >= PORTS ? null : new InetSocketAddress(last.getAddress(), (int) port);
  }
}
