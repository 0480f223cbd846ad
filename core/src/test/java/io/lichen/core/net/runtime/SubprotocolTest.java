// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import static io.lichen.core.net.runtime.NetNodes.await;
import static io.lichen.core.net.runtime.NetNodes.bytes;
import static io.lichen.core.net.runtime.NetNodes.connect;
import static io.lichen.core.net.runtime.NetNodes.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.core.net.NetError;
import io.lichen.core.net.NetNode;
import io.lichen.core.net.Subprotocol;
import io.lichen.core.net.SubprotocolLink;
import io.lichen.core.net.capability.CapabilityFilter;
import io.lichen.core.net.wire.SubprotocolIds;
import io.lichen.transport.net.NetTransport;
import io.lichen.transport.net.SendVerdict;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What rides on the sessions of a node, over real sockets. */
class SubprotocolTest {
  private static final int ID = 0x7777;

  @AutoClose private final NetNodes nodes = new NetNodes(NetTransport::open);

  /** Keeps what it gets. */
  private static final class Notes implements Subprotocol {
    final List<String> got = new CopyOnWriteArrayList<>();
    private final int id;

    Notes(int id) {
      this.id = id;
    }

    @Override
    public int id() {
      return id;
    }

    @Override
    public Set<String> tags() {
      return Set.of("notes@1");
    }

    @Override
    public void onMessage(long peerNodeId, ByteBuffer message) {
      got.add(StandardCharsets.UTF_8.decode(message).toString());
    }
  }

  @Test
  void shouldCarryMessagesBothWays() {
    NetNode a = nodes.started();
    NetNode b = nodes.started();
    connect(a, b);
    Notes atA = new Notes(ID);
    Notes atB = new Notes(ID);
    SubprotocolLink fromA = a.register(atA);
    SubprotocolLink fromB = b.register(atB);
    assertEquals(SendVerdict.SENT, fromA.send(b.nodeId(), bytes("to b")));
    assertEquals(SendVerdict.SENT, fromB.send(a.nodeId(), bytes("to a")));
    await("both came", () -> atA.got.equals(List.of("to a")) && atB.got.equals(List.of("to b")));
    assertEquals(SendVerdict.TOO_LARGE, fromA.send(b.nodeId(), new byte[8105]));
    assertEquals(SendVerdict.CLOSED, fromA.send(4711, bytes("nobody")));
    fromA.close();
    assertEquals(SendVerdict.CLOSED, fromA.send(b.nodeId(), bytes("late")));
  }

  @Test
  void shouldCountWhatNobodyTakes() {
    NetNode a = nodes.started();
    NetNode b = nodes.started();
    connect(a, b);
    SubprotocolLink link = a.register(new Notes(ID));
    // Again and again: nobody repeats a datagram that a busy machine has dropped.
    await(
        "it is counted",
        () -> {
          assertEquals(SendVerdict.SENT, link.send(b.nodeId(), bytes("unheard")));
          return NetNodeContract.counter(b, "subprotocol.ignored.vendor") > 0;
        });
  }

  @Test
  void shouldAnnounceItsTags() {
    NetNode a = nodes.started();
    NetNode b = nodes.started();
    try (SubprotocolLink link = a.register(new Notes(ID))) {
      connect(a, b);
      CapabilityFilter notes = CapabilityFilter.ofTags("notes@1");
      await("b knows", () -> b.capabilities().findNodes(notes).equals(List.of(a.nodeId())));
      assertEquals(SendVerdict.SENT, link.send(b.nodeId(), bytes("x")));
    }
  }

  @Test
  void shouldRefuseIdsThatAreTakenOrNone() {
    NetNode a = nodes.started();
    refused(NetError.INVALID_ARGUMENT, () -> a.register(new Notes(0)));
    refused(NetError.INVALID_ARGUMENT, () -> a.register(new Notes(0x10000)));
    refused(NetError.INVALID_ARGUMENT, () -> a.register(new Notes(0x0A00)));
    refused(NetError.INVALID_ARGUMENT, () -> a.register(new Notes(0x0B02)));
    refused(NetError.INVALID_ARGUMENT, () -> a.register(new Notes(SubprotocolIds.DIRECT_PATH)));
    a.register(new Notes(ID));
    refused(NetError.INVALID_ARGUMENT, () -> a.register(new Notes(ID)));
  }
}
