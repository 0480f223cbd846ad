// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.topic;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.lichen.core.net.NetNode;
import io.lichen.core.net.PeerInfo;
import io.lichen.core.net.PeerState;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What topics know of the peers of a node. */
class NetTopicPeersTest {
  private static final PeerInfo PEER =
      new PeerInfo(
          7, new InetSocketAddress("192.0.2.7", 4000), false, false, PeerState.ALIVE, null);
  private static final String NAME = NetTopicPeers.name(PEER.nodeId());

  private final List<PeerInfo> connected = new ArrayList<>();
  private final List<Runnable> whileListed = new ArrayList<>();
  private final NetNode node =
      (NetNode)
          Proxy.newProxyInstance(
              NetNode.class.getClassLoader(),
              new Class<?>[] {NetNode.class},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "peers" -> list();
                    case "peer" -> Optional.ofNullable(connected.isEmpty() ? null : PEER);
                    default -> throw new UnsupportedOperationException(method.getName());
                  });
  private final NetTopicPeers peers = new NetTopicPeers(node, Map.of());

  private List<PeerInfo> list() {
    List<PeerInfo> listed = List.copyOf(connected);
    whileListed.forEach(Runnable::run);
    return listed;
  }

  @Test
  void shouldKeepASessionThatIsNewerThanTheListOfPeers() {
    whileListed.add(() -> connected.add(PEER));
    whileListed.add(() -> peers.renew(NAME));
    peers.refresh();
    Object session = peers.sessions().get(NAME);

    assertSame(session, peers.session(NAME));
  }

  @Test
  void shouldForgetASessionWithAPeerThatIsGone() {
    Object session = peers.session(NAME);
    peers.refresh();

    assertNotSame(session, peers.session(NAME));
  }
}
