// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.punch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class FlowsTest {
  private final Flows flows = new Flows();

  @Test
  void shouldCountAnAddressOnceAsLongAsItIsRemembered() {
    sendTo(1);
    sendTo(2);
    sendTo(1);
    assertEquals(2, flows.count());
    for (int port = 3; port <= 1025; port++) {
      sendTo(port);
    }
    sendTo(2);
    assertEquals(1025, flows.count());
    sendTo(1);

    assertEquals(1026, flows.count(), "the oldest is forgotten");
  }

  private void sendTo(int port) {
    flows.sentTo(new InetSocketAddress("203.0.113.5", port));
  }
}
