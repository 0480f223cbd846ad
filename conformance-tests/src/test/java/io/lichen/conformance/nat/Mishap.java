// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import java.time.Duration;
import java.util.Locale;

/** What happens to a router, or to a host behind it. */
enum Mishap {
  LOST_MAPPINGS,
  RESTART,
  OTHER_ADDRESS_OUTSIDE,
  OTHER_ADDRESS_INSIDE;

  private static final Duration DOWN = Duration.ofSeconds(1);

  /** Lets it happen while two talk. */
  void strike(Line line, Conversation conversation) {
    Router router = line.router();
    switch (this) {
      case LOST_MAPPINGS -> router.flush();
      case RESTART -> {
        router.unplug();
        conversation.goOn(DOWN);
        router.replug();
      }
      case OTHER_ADDRESS_OUTSIDE -> router.changeExternal();
      case OTHER_ADDRESS_INSIDE -> {
        line.host().changeAddress();
        // The kernel's NAT would go on sending what comes for a port to the former address.
        router.flush();
      }
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
