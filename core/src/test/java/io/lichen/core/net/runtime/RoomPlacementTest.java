// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import static io.lichen.core.net.runtime.NetNodes.await;
import static io.lichen.core.net.runtime.NetNodes.connect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lichen.core.net.NetNode;
import io.lichen.core.net.capability.CapabilitySet;
import io.lichen.core.net.redex.LogConfig;
import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.replica.AckPolicy;
import io.lichen.redex.replica.ReplicationConfig;
import io.lichen.redex.replica.ReplicationConfig.Placement;
import io.lichen.transport.net.NetTransport;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members of a set that the nodes' announcements choose. */
class RoomPlacementTest {
  private static final ReplicationConfig TWO = ReplicationConfig.defaults().withFactor(2);

  @AutoClose private final NetNodes nodes = new NetNodes(NetTransport::open);

  private NetNode withRoom(String room) {
    NetNode node = nodes.started();
    node.capabilities().announce(CapabilitySet.builder().tag("lichen.redex.room:" + room).build());
    return node;
  }

  @Test
  void shouldChooseTheNodesWithMostRoom() {
    NetNode chooser = nodes.started();
    assertEquals(List.of(), chooser.logs().choose("a", TWO));
    List<NetNode> offering = List.of(withRoom("9"), withRoom("12"), withRoom("11"));
    offering.forEach(node -> connect(chooser, node));
    List<Long> most = List.of(offering.get(1).nodeId(), offering.get(2).nodeId());
    await("all have been heard", () -> chooser.logs().choose("a", TWO).equals(most));
    assertEquals(List.of(), chooser.logs().choose("a", TWO.withFactor(4)));
    assertEquals(
        List.of(), chooser.logs().choose("a", TWO.withPlacement(Placement.COLOCATION_STRICT)));
    assertEquals(
        most,
        chooser
            .logs()
            .replicate("a", LogConfig.defaults().withReplication(TWO))
            .status()
            .members());
  }

  @Test
  void shouldOfferTheRoomOfItsDirectory(@TempDir Path directory) {
    NetNode node =
        nodes.open(new NodeSettings(NetNodes.quick(), nodes.identity(), directory, null));
    assertEquals(List.of(node.nodeId()), node.logs().choose("a", TWO.withFactor(1)));
  }

  @Test
  void shouldLetNoMajorityAcknowledgeThatEachNodeChoosesForItself(@TempDir Path directory) {
    NetNode node =
        nodes.open(new NodeSettings(NetNodes.quick(), nodes.identity(), directory, null));
    LogConfig config =
        LogConfig.defaults().withReplication(TWO.withFactor(1).withAckPolicy(AckPolicy.MAJORITY));
    RedexException refused =
        assertThrows(RedexException.class, () -> node.logs().replicate("a", config));
    assertEquals(RedexError.CONFIG, refused.error());
  }
}
