// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import static io.lichen.core.net.runtime.NetNodes.await;
import static io.lichen.core.net.runtime.NetNodes.bytes;
import static io.lichen.core.net.runtime.NetNodes.connect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.net.NetConfig;
import io.lichen.core.net.NetEvent;
import io.lichen.core.net.NetNode;
import io.lichen.core.net.PeerState;
import io.lichen.core.net.PeerStream;
import io.lichen.core.net.PublishOptions;
import io.lichen.core.net.channel.ChannelConfig;
import io.lichen.core.net.channel.membership.Membership;
import io.lichen.core.net.channel.membership.MembershipCodec;
import io.lichen.core.net.route.RouteSettings;
import io.lichen.core.net.wire.Pingwave;
import io.lichen.core.net.wire.PingwaveHealth;
import io.lichen.core.net.wire.SubprotocolIds;
import io.lichen.crypto.ChannelName;
import io.lichen.transport.net.DropReason;
import io.lichen.transport.net.NetDial;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetTransport;
import io.lichen.transport.net.NetTransportConfig;
import io.lichen.transport.net.StreamOptions;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What strangers, the path and peers that mean ill do to a node, over real sockets. */
class HostileNodeTest {
  private static final int FLOOD = 3000;
  private static final long RAW_NODE_ID = 4711;

  private final long seed = Long.getLong("lichen.seed", System.nanoTime());
  private final Random random = new Random(seed);
  @AutoClose private final NetNodes nodes = new NetNodes(NetTransport::open);
  private final NetNode node = nodes.started();

  @Test
  void shouldKeepASessionWholeWhateverThePathAddsToIt() {
    NetNode peer = nodes.started();
    try (HostilePath path = new HostilePath(node.address(), seed)) {
      peer.connect(path.address(), node.publicKey(), node.nodeId());
      await("the node knows its peer", () -> node.peer(peer.nodeId()).isPresent());
      Listener<NetEvent> heard = Listener.to(node.events());
      PeerStream stream = peer.openStream(node.nodeId(), 7, StreamOptions.ofReliable());
      IntStream.range(0, 500).forEach(i -> stream.send(List.of(bytes("n" + i))));
      assertEquals(
          IntStream.range(0, 500).mapToObj(i -> "n" + i).toList(),
          heard.await(500).stream().map(NetNodes::text).toList(),
          "seed " + seed);
      await("forgeries are counted", () -> drops(DropReason.NOT_AUTHENTIC) > 10);
      await("copies are counted", () -> drops(DropReason.REPLAYED) > 10);
      await("bad headers are counted", () -> drops(DropReason.BAD_HEADER) > 0);
      assertEquals(PeerState.ALIVE, NetNodeContract.state(node, peer), "seed " + seed);
      assertEquals(1, counter("sessions"), "seed " + seed);
      assertEquals(0, counter("loop.faults"), "seed " + seed);
    }
  }

  @Test
  void shouldRepeatReliablePublishesBehindOneThatWasNot() {
    NetNode subscriber = nodes.started();
    try (HostilePath lossy = new HostilePath(subscriber.address(), seed)) {
      node.connect(lossy.address(), subscriber.publicKey(), subscriber.nodeId());
      node.channels().register("lab", ChannelConfig.open());
      Listener<NetEvent> heard = Listener.to(subscriber.events());
      subscriber.channels().subscribe(node.nodeId(), "lab");
      lossy.lose(0.2);
      PublishOptions reliable = PublishOptions.defaults().withReliable(true);
      node.channels().publish("lab", bytes("maybe"));
      for (int i = 0; i < 100; i++) {
        node.channels().publish("lab", List.of(bytes("n" + i)), reliable);
      }
      List<String> all = IntStream.range(0, 100).mapToObj(i -> "n" + i).toList();
      await("all but maybe the first came", () -> texts(heard).equals(all));
    }
  }

  private static List<String> texts(Listener<NetEvent> heard) {
    return heard.got().stream().map(NetNodes::text).filter(t -> !t.equals("maybe")).toList();
  }

  @Test
  void shouldNotAnswerAStrangerWhateverItSends() throws IOException {
    NetNode peer = nodes.started();
    try (HostilePath path = new HostilePath(node.address(), seed);
        DatagramSocket stranger = socket()) {
      peer.connect(path.address(), node.publicKey(), node.nodeId());
      await("packets went by", () -> path.carried().size() > 10);
      long before = allDrops();
      int sent = 0;
      for (byte[] old : path.carried()) {
        send(stranger, old);
        send(stranger, routed(0, 1, node.nodeId() + 1, old));
        send(stranger, routed(8, (int) node.nodeId(), node.nodeId() + 1, old));
        send(stranger, routed(8, 1, node.nodeId() + 1, old));
        sent += 4;
        awaitDrops(before + sent);
      }
      for (int i = 0; i < FLOOD; i++) {
        send(stranger, pingwave());
        byte[] noise = new byte[random.nextInt(1500)];
        random.nextBytes(noise);
        send(stranger, noise);
        sent += 2;
        awaitEvery20(i, before + sent);
      }
      awaitDrops(before + sent);
      stranger.setSoTimeout(200);
      DatagramPacket answer = new DatagramPacket(new byte[2000], 2000);
      assertThrows(SocketTimeoutException.class, () -> stranger.receive(answer), "seed " + seed);
    }
    assertEquals(1, node.peers().size());
    assertTrue(counter("routes") <= 1, () -> counter("routes") + " routes, seed " + seed);
    assertTrue(drops(DropReason.ROUTE_LOOP) > 0 && drops(DropReason.NO_ROUTE) > 0, "seed " + seed);
    assertEquals(0, counter("loop.faults"), "seed " + seed);
  }

  /** One peer that knows the pre-shared key, and asks for far too much. */
  @Test
  void shouldBoundWhatAFloodingPeerCosts() {
    int most = NetConfig.defaults().limits().channelsPerPeer();
    node.channels().registerPrefix("lab/", ChannelConfig.open());
    long begunNs = System.nanoTime();
    try (NetTransport raw = rawTransport()) {
      NetSession session = raw.connect(dial()).join();
      for (int i = 0; i < FLOOD; i++) {
        floodOnce(session, i);
        int asked = i + 1;
        if (asked % 20 == 0) {
          await("the node keeps up", () -> counter("membership.undecodable") >= asked);
        }
      }
      await("all are answered", () -> counter("membership.refused") >= FLOOD - most);
      assertEquals(most, counter("membership.accepted"));
      assertEquals(most, counter("subscriptions.peers"));
      await("announcements are dropped", () -> counter("capabilities.dropped") == FLOOD);
      await("withdrawals are ignored", () -> counter("withdrawals.ignored") == FLOOD);
      floodWithPingwaves(raw, begunNs);
      assertTrue(session.isOpen());
      shouldStillServe();
    }
    assertEquals(0, counter("loop.faults"), "seed " + seed);
  }

  private void floodOnce(NetSession session, int i) {
    ChannelName name = ChannelName.of("lab/" + i);
    byte[] subscribe = MembershipCodec.encode(new Membership.Subscribe(name, i, null, null));
    send(session, SubprotocolIds.MEMBERSHIP, subscribe);
    send(session, SubprotocolIds.MEMBERSHIP, new byte[] {(byte) 250});
    send(session, SubprotocolIds.CAPABILITY, bytes("{\"node_id\":" + i));
    send(session, SubprotocolIds.ROUTE_WITHDRAWAL, new byte[3]);
  }

  private static void send(NetSession session, int subprotocol, byte[] event) {
    var unused = session.send(subprotocol, Unpooled.wrappedBuffer(event));
  }

  /** Each wave tells of another node; what is taken of them is what the peer's budget permits. */
  private void floodWithPingwaves(NetTransport raw, long begunNs) {
    RouteSettings settings = RouteSettings.defaults();
    // Datagrams may be lost on the way: what counts is what the node has heard.
    while (counter("pingwaves.received") < 4L * settings.waveBurst()) {
      long before = counter("pingwaves.received");
      for (int i = 0; i < 100; i++) {
        raw.sendPlain(node.address(), Unpooled.wrappedBuffer(pingwave()));
      }
      await("the node hears some", () -> counter("pingwaves.received") > before);
    }
    long seconds = Math.ceilDiv(System.nanoTime() - begunNs, 1_000_000_000L);
    long budget = settings.waveBurst() + seconds * settings.wavesPerSecond();
    // More may be coming in between two looks: of each figure the side that bounds it.
    long heard = counter("pingwaves.received");
    long dropped = counter("pingwaves.dropped");
    long least = heard - dropped;
    long most = counter("pingwaves.received") - dropped;
    assertTrue(least <= budget, () -> least + " waves taken in " + seconds + " s, seed " + seed);
    assertTrue(most >= settings.waveBurst(), () -> most + " waves taken, seed " + seed);
    assertTrue(counter("routes") <= budget, () -> counter("routes") + " routes, seed " + seed);
    assertTrue(counter("routes") <= settings.maxDestinations(), "seed " + seed);
  }

  private void shouldStillServe() {
    NetNode honest = nodes.started();
    connect(honest, node);
    Listener<NetEvent> heard = Listener.to(honest.events());
    honest.channels().subscribe(node.nodeId(), "lab/1");
    PublishOptions reliable = PublishOptions.defaults().withReliable(true);
    node.channels().publish("lab/1", List.of(bytes("served")), reliable);
    assertEquals("served", NetNodes.text(heard.await(1).getFirst()));
  }

  /** The wire without a node: what it sends is the test's affair. */
  private static NetTransport rawTransport() {
    return NetTransport.open(
        NetTransportConfig.defaults(RAW_NODE_ID, NetNodes.PSK), new SilentListener());
  }

  private NetDial dial() {
    return new NetDial(node.address(), node.publicKey(), node.nodeId(), NetDial.Way.ROUTED);
  }

  /** A socket's buffer is not large everywhere, and what finds no room there nobody counts. */
  private void awaitEvery20(int i, long expected) {
    if (i % 20 == 19) {
      awaitDrops(expected);
    }
  }

  private void awaitDrops(long expected) {
    await("everything is counted, seed " + seed, () -> allDrops() >= expected);
  }

  /** Everything that was dropped, as datagrams or as pingwaves. */
  private long allDrops() {
    return counter("pingwaves.dropped")
        + node.stats().counters().entrySet().stream()
            .filter(entry -> entry.getKey().startsWith("transport.dropped."))
            .mapToLong(Map.Entry::getValue)
            .sum();
  }

  private long drops(DropReason reason) {
    return counter("transport.dropped." + reason.tag());
  }

  private long counter(String name) {
    return NetNodeContract.counter(node, name);
  }

  private byte[] pingwave() {
    long origin = random.nextLong();
    return new Pingwave(origin, 1, 3, 1, 0, 0, 0, 0, PingwaveHealth.HEALTHY, 0).encode();
  }

  /** A datagram in a routing header (docs/wire/net-transport.md, "Routing header"). */
  private static byte[] routed(int ttl, int source, long destination, byte[] inner) {
    return ByteBuffer.allocate(18 + inner.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) 0x5452)
        .put((byte) ttl)
        .put(new byte[3])
        .putInt(source)
        .putLong(destination)
        .put(inner)
        .array();
  }

  private void send(DatagramSocket from, byte[] datagram) throws IOException {
    from.send(new DatagramPacket(datagram, datagram.length, node.address()));
  }

  private static DatagramSocket socket() throws IOException {
    return new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }
}
