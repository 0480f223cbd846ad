// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import io.lichen.conformance.netns.Namespaces;
import java.util.List;

/**
 * The public segment: hosts with addresses of 203.0.113.0/24 and 198.51.100.0/24 by turns, routers
 * with those of 192.0.2.0/24. There is no way out of it. Closing removes everything.
 */
public final class Internet extends Segment {
  private static final String[] HOSTS = {"203.0.113.", "198.51.100."};
  private static final String ROUTERS = "192.0.2.";
  private static final int LAST = 254;

  private int hosts;
  private int routers;

  private Internet(String namespace) {
    super(namespace, "public");
  }

  /** Whether this machine lets us make one. */
  public static boolean isPossible() {
    return Namespaces.arePossible("ip", "nft", "sysctl");
  }

  /** Makes an empty one. */
  public static Internet open() {
    return new Internet(Namespaces.make("internet"));
  }

  @Override
  String nextAddress(boolean forRouter) {
    if (forRouter) {
      return ROUTERS + number(++routers);
    }
    int index = hosts++;
    return HOSTS[index % HOSTS.length] + number(1 + index / HOSTS.length);
  }

  private static int number(int number) {
    if (number > LAST) {
      throw new IllegalStateException("out of addresses");
    }
    return number;
  }

  @Override
  List<String> routes(String device) {
    return List.of("route replace default dev " + device);
  }

  @Override
  public void close() {
    try {
      unplugAll();
    } finally {
      Namespaces.remove(namespace);
    }
  }
}
