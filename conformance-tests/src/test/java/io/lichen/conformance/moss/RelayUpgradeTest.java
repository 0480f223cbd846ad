// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.lichen.conformance.child.Driver;
import io.lichen.conformance.child.Waits;
import io.lichen.core.moss.MossNode;
import io.lichen.crypto.PeerId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * A native opens a direct session in place of a relayed one, whatever the other end has room for.
 */
class RelayUpgradeTest extends RelayScenario {
  @Test
  void shouldKeepAPeerThatFindsADirectPathThoughThereIsNoRoom() {
    MeshPeer relay = stage.relay(Driver.NATIVE, "{}");
    MeshPeer theirs = stage.end(Driver.NATIVE, relay, "{}");
    MossNode full = stage.node(relay, "");
    String id = theirs.id();
    Waits.until("it is heard of", Talk.LIMIT, () -> isKnown(full, id));
    assertFalse(isDirect(full, id), "there is room for the relay only");
    full.relaySendTo(PeerId.parse(id), new byte[1]);
    Waits.until("it has come directly", Talk.LIMIT, () -> isDirect(full, id));
    Waits.until(
        "the relay carries nothing",
        Talk.LIMIT,
        () -> relay.info().path("relay_route_count").intValue() == 0);
    assertFalse(Waits.holdsWithin(Duration.ofSeconds(3), () -> !isDirect(full, id)), "it stays");
    assertEquals(2, full.info().peerCount(), "with the relay");
  }

  private static boolean isKnown(MossNode node, String id) {
    return node.info().knownPeers().stream().anyMatch(line -> line.startsWith(id.substring(0, 8)));
  }

  private static boolean isDirect(MossNode node, String id) {
    return node.info().peerDetails().stream()
        .anyMatch(detail -> detail.id().equals(id) && !detail.relayed());
  }
}
