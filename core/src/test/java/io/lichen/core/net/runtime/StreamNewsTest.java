// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import static io.lichen.core.net.runtime.NetNodes.await;
import static io.lichen.core.net.runtime.NetNodes.connect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.lichen.core.net.NetNode;
import io.lichen.core.net.StreamEvent;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetTransportListener;
import io.lichen.transport.net.StreamEnd;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a node tells of its streams when the transport loses one or parts of it. */
class StreamNewsTest {
  private static final long STREAM = -7;

  private final FakeNetwork network = new FakeNetwork();
  @AutoClose private final NetNodes nodes = new NetNodes(network::open);

  @Test
  void shouldTellThatAStreamEnded() {
    NetNode a = nodes.started();
    NetNode b = nodes.started();
    connect(a, b);
    Listener<StreamEvent> news = Listener.to(a.streamEvents());
    onSession(a, b, (at, session) -> at.onStreamEnded(session, STREAM, StreamEnd.GAVE_UP));
    StreamEvent ended = new StreamEvent.Ended(b.nodeId(), STREAM, StreamEnd.GAVE_UP);
    assertEquals(List.of(ended), news.await(1));
    assertEquals(1, NetNodeContract.counter(a, "streams.ended"));
  }

  @Test
  void shouldTellWhatIsMissingOnAStream() {
    NetNode a = nodes.started();
    NetNode b = nodes.started();
    connect(a, b);
    Listener<StreamEvent> news = Listener.to(a.streamEvents());
    onSession(a, b, (at, session) -> at.onStreamGap(session, STREAM, 40, 3));
    assertEquals(List.of(new StreamEvent.Gap(b.nodeId(), STREAM, 40, 3)), news.await(1));
    assertEquals(3, NetNodeContract.counter(a, "streams.gaps"));
  }

  @Test
  void shouldCountTheNewsThatASlowSubscriberLost() {
    NetNode a = nodes.started();
    NetNode b = nodes.started();
    connect(a, b);
    Listener<StreamEvent> slow = Listener.to(a.streamEvents(), 0, event -> {});
    for (int i = 0; i < 1030; i++) {
      int sequence = i;
      onSession(a, b, (at, session) -> at.onStreamGap(session, STREAM, sequence, 1));
    }
    await("six are lost", () -> NetNodeContract.counter(a, "stream_events.dropped") == 6);
    slow.subscription().request(1);
    assertEquals(List.of(new StreamEvent.Gap(b.nodeId(), STREAM, 6, 1)), slow.await(1));
  }

  @Test
  void shouldCompleteTheNewsWhenTheNodeCloses() {
    NetNode a = nodes.started();
    Listener<StreamEvent> news = Listener.to(a.streamEvents());
    a.close();
    await("the end", news::isCompleted);
  }

  /** As the transport of one node would say of its session with the other. */
  private void onSession(
      NetNode node, NetNode peer, BiConsumer<NetTransportListener, NetSession> said) {
    FakeTransport transport = network.of(node.nodeId());
    assertNotNull(transport);
    NetSession session = transport.sessionWith(peer.nodeId());
    transport.loop().execute(() -> said.accept(transport.listener, session));
  }
}
