// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat.container;

import io.lichen.conformance.nat.Discovery;
import io.lichen.conformance.nat.Internet;
import io.lichen.conformance.nat.NatKind;
import io.lichen.conformance.nat.StunServer;
import io.lichen.conformance.netns.Commands;
import io.lichen.nat.behaviour.NatBehaviour;

/** Runs in the container: prints what behaviour discovery says of the NATs that it is told. */
final class ContainedTopologies {
  private ContainedTopologies() {}

  /**
   * Makes an internet for each.
   *
   * @param kinds names of {@link NatKind}
   */
  public static void main(String[] kinds) {
    Commands.must("mount", "-o", "remount,rw", "/proc/sys");
    for (String kind : kinds) {
      try (Internet internet = Internet.open();
          StunServer server = new StunServer(internet.host())) {
        NatBehaviour found = Discovery.from(internet.router(NatKind.valueOf(kind)).host(), server);
        System.out.println(kind + " " + found.mapping() + " " + found.filtering());
      }
    }
  }
}
