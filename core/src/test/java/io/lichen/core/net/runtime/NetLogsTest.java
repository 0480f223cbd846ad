// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import static io.lichen.core.net.runtime.NetNodes.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.net.NetNode;
import io.lichen.core.net.ReplicatedLog;
import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.RedexFile;
import io.lichen.transport.net.NetTransport;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The logs that a node keeps for itself. */
class NetLogsTest {
  @AutoClose private final NetNodes nodes = new NetNodes(NetTransport::open);

  private NetNode withLogs(Path directory) {
    return nodes.open(new NodeSettings(NetNodes.quick(), nodes.identity(), directory, null));
  }

  @Test
  void shouldKeepLogsInItsDirectory(@TempDir Path directory) {
    NetNode first = withLogs(directory);
    first.logs().open("a/b", "{\"persistent\":true}").append(bytes("kept"));
    refused(RedexError.IO, () -> withLogs(directory));
    first.close();
    RedexFile log = withLogs(directory).logs().open("a/b", "{\"persistent\":true}");
    assertArrayEquals(bytes("kept"), log.read(0).orElseThrow().payload());
  }

  @Test
  void shouldKeepLogsInMemoryWithoutADirectory() {
    NetNode node = nodes.open();
    RedexFile log = node.logs().open("a", "{}");
    assertEquals(0, log.append(bytes("x")));
    assertEquals(log, node.logs().manager().find("a").orElseThrow());
    refused(RedexError.CONFIG, () -> node.logs().open("b", "{\"persistent\":true}"));
    refused(RedexError.NAME, () -> node.logs().open("/", "{}"));
  }

  @Test
  void shouldCloseItsLogs() {
    NetNode node = nodes.open();
    RedexFile log = node.logs().open("a", "{}");
    node.close();
    refused(RedexError.CLOSED, () -> log.append(bytes("late")));
    refused(RedexError.CLOSED, () -> node.logs().open("a", "{}"));
  }

  @Test
  void shouldReplicateWhatItIsTold() {
    NetNode node = nodes.started();
    String json =
        "{\"replication\":{\"placement\":\"pinned\",\"pinned_nodes\":[%s]}}"
            .formatted(Long.toUnsignedString(node.nodeId()));
    assertEquals(0, node.logs().replicas());
    ReplicatedLog log = node.logs().replicate("a/b", json);
    assertSame(log, node.logs().replicate("a/b", json));
    assertEquals(1, node.logs().replicas());
    assertEquals(List.of(node.nodeId()), log.status().members());
    String metric = "dataforts_leader_changes_total{channel=\"a/b\"}";
    assertTrue(node.logs().prometheusText().contains(metric));
    log.close();
    assertEquals(0, node.logs().replicas());
    refused(RedexError.CONFIG, () -> node.logs().replicate("c", "{}"));
    refused(RedexError.CONFIG, () -> node.logs().open("c", json));
  }

  @Test
  void shouldAskWhoChoosesMembers() {
    String json = "{\"replication\":{\"factor\":2}}";
    refused(RedexError.CONFIG, () -> nodes.open().logs().replicate("a", json));
    NetNode node =
        nodes.open(
            new NodeSettings(
                NetNodes.quick(),
                nodes.identity(),
                null,
                (log, config) -> log.equals("a") ? List.of(7L, 8L) : List.of()));
    node.start();
    assertEquals(List.of(7L, 8L), node.logs().replicate("a", json).status().members());
    refused(RedexError.CONFIG, () -> node.logs().replicate("b", json));
  }

  private static void refused(RedexError error, Executable call) {
    assertEquals(error, assertThrows(RedexException.class, call).error());
  }
}
