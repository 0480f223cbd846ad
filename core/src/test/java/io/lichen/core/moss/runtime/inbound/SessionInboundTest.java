// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.runtime.FakeNetwork;
import io.lichen.core.moss.runtime.TestLinks;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.runtime.peer.PeerTable;
import io.lichen.core.moss.runtime.peer.SocketAddresses;
import io.lichen.core.moss.runtime.publish.PublishGate;
import io.lichen.core.moss.runtime.topic.MossTopics;
import io.lichen.core.moss.runtime.work.LoopSignal;
import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.core.moss.wire.MessageIds;
import io.lichen.core.moss.wire.PublishCodec;
import io.lichen.core.work.FaultGuard;
import io.lichen.core.work.LogLimiter;
import io.lichen.crypto.identity.Identity;
import io.lichen.gossipsub.GossipMessage;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.CloseReason;
import io.lichen.transport.moss.DialRequest;
import io.lichen.transport.moss.Era;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.MossTransport;
import io.lichen.transport.moss.MossTransportConfig;
import io.lichen.transport.moss.SessionHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The door of a session: what comes in, what is answered at once, what closes it. */
final class SessionInboundTest {
  private final FakeNetwork network = new FakeNetwork();
  private final NodeCounters counters = new NodeCounters();
  private final LoopSignal signal = new LoopSignal();
  private final InboundQueue queue = new InboundQueue(signal, counters);
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private long nowNs = 1;
  private final LogLimiter log = new LogLimiter(Long.MAX_VALUE / 4, () -> nowNs);
  private MossSession session = open();
  private SessionInbound door = door();

  private static Identity identity() {
    return Identity.generate(new SecureRandom());
  }

  private MossSession open() {
    MossTransportConfig config = MossTransportConfig.defaults(Era.C, "moss/1");
    MossTransport local = network.open(config, identity(), s -> {});
    MossTransport remote = network.open(config, identity(), s -> s.start(new Recorder()));
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), remote.localAddress().getPort());
    return local.dial(new DialRequest(Carrier.TCP, address, null, Duration.ofSeconds(1))).join();
  }

  private SessionInbound door() {
    PeerLink link = TestLinks.link(session, counters, nowNs);
    PublishGate gate =
        new PublishGate(() -> false, TestLinks.slowPeers(counters), () -> nowNs, counters);
    return new SessionInbound(
        link, new SessionInbound.Door(queue, gate, counters, log, () -> nowNs, 100, topics()));
  }

  private MossTopics topics() {
    FaultGuard faults = new FaultGuard(counters.loopFaults);
    return new MossTopics(new PeerTable(), Runnable::run, () -> nowNs, faults);
  }

  /** Shows what the other end is sent. */
  private final class Recorder implements SessionHandler {
    @Override
    public void onPacket(byte[] buffer, int offset, int length) {
      answers.add(new String(buffer, offset, length, UTF_8));
    }

    @Override
    public void onBatchComplete() {}

    @Override
    public void onWritable() {}

    @Override
    public void onClosed(CloseReason reason) {}
  }

  @BeforeEach
  void reopen() {
    door = door();
  }

  @AfterEach
  void close() {
    network.opened.forEach(MossTransport::close);
  }

  private void packet(String text) {
    byte[] bytes = ("...." + text).getBytes(UTF_8);
    door.onPacket(bytes, 4, bytes.length - 4);
  }

  private List<InboundItem> items() {
    door.onBatchComplete();
    List<InboundItem> items = new ArrayList<>();
    for (InboundBatch batch = queue.peek(); batch != null; batch = queue.peek()) {
      for (int i = 0; i < batch.size(); i++) {
        items.add(batch.get(i));
      }
      queue.done();
    }
    return items;
  }

  @Test
  void shouldAnswerPingsAtOnceWithTheSameId() throws Exception {
    packet("{\"type\":\"ping\",\"request_id\":\"abc\"}");
    assertEquals("{\"type\":\"pong\",\"request_id\":\"abc\"}", answers.poll(9, TimeUnit.SECONDS));
    packet("{\"type\":\"ping\"}");
    assertEquals("{\"type\":\"pong\"}", answers.poll(9, TimeUnit.SECONDS));
    assertEquals(List.of(), items());
  }

  @Test
  void shouldTellAskersTheirAddress() throws Exception {
    String seen = SocketAddresses.text(session.remoteAddress());
    for (String advertised : List.of("", "garbage", "host:", "host:65536", ":7", "host:-1")) {
      bindingRequest(advertised);
      assertEquals(bindingResponse(seen), answers.poll(9, TimeUnit.SECONDS), advertised);
    }
    for (String advertised : List.of("10.0.0.1:4711", "[2001:db8::1]:4711", "name:4711")) {
      bindingRequest(advertised);
      String host = seen.substring(0, seen.lastIndexOf(':'));
      assertEquals(bindingResponse(host + ":4711"), answers.poll(9, TimeUnit.SECONDS));
    }
    packet("{\"type\":\"binding_request\"}");
    assertNull(answers.poll(50, TimeUnit.MILLISECONDS), "one without an id is not answered");
  }

  private void bindingRequest(String advertised) {
    String address = advertised.isEmpty() ? "" : ",\"advertised_addr\":\"" + advertised + "\"";
    packet("{\"type\":\"binding_request\",\"request_id\":\"r\"" + address + "}");
  }

  private static String bindingResponse(String observed) {
    return "{\"type\":\"binding_response\",\"request_id\":\"r\",\"observed_addr\":\""
        + observed
        + "\"}";
  }

  @Test
  void shouldLimitNatControlButForDataThroughARelay() {
    for (int i = 0; i < 300; i++) {
      packet("{\"type\":\"relay_close\",\"relay_session\":\"s\"}");
      packet("{\"type\":\"relay_data\",\"relay_session\":\"s\"}");
    }
    assertEquals(256 + 300, items().size());
    bindingRequest("");
    assertEquals(45, counters.natThrottled.sum());
    nowNs += 1_000_000_000L;
    for (int i = 0; i < 40; i++) {
      packet("{\"type\":\"hole_punch_coord\"}");
    }
    assertEquals(32, items().size(), "32 a second");
  }

  @Test
  void shouldPassOnMessagesWithTheReceivedOctets() {
    byte[] sender = new byte[32];
    byte[] encoded = PublishCodec.encode("t", "id", 7, sender, new byte[] {1, 2, 3});
    packet(new String(encoded, UTF_8));
    InboundItem.Publish publish = assertInstanceOf(InboundItem.Publish.class, items().getFirst());
    assertEquals("t", publish.message().topic());
    assertArrayEquals(encoded, publish.message().encoded());
    assertArrayEquals(new byte[] {1, 2, 3}, publish.message().payload());
  }

  @Test
  void shouldPassOnGossipInOrder() {
    packet("{\"type\":\"graft\",\"channel\":\"t\"}");
    packet("{\"type\":\"ihave\",\"channel\":\"t\",\"message_ids\":[\"a\",\"b\"]}");
    assertEquals(
        List.of(
            new InboundItem.Control(new GossipMessage.Graft("t")),
            new InboundItem.Control(new GossipMessage.IHave("t", List.of("a", "b")))),
        items());
  }

  @Test
  void shouldPunishPublishesThatAreNoneAndKeepTheSession() {
    packet("{\"type\":\"publish\",\"message_id\":\"x\"}");
    packet("{\"type\":\"publish\",\"channel\":\"t\"}");
    byte[] large = PublishCodec.encode("t", "id", 1, new byte[32], new byte[101]);
    packet(new String(large, UTF_8));
    byte[] limit = PublishCodec.encode("t", "id", 1, new byte[32], new byte[100]);
    packet(new String(limit, UTF_8));
    List<InboundItem> items = items();
    assertEquals(4, items.size());
    for (InboundItem item : items.subList(0, 3)) {
      assertEquals(InboundItem.Invalid.INSTANCE, item);
    }
    assertInstanceOf(InboundItem.Publish.class, items.get(3), "the limit itself passes");
    assertEquals(3, counters.badPublishes.sum());
    assertTrue(session.isOpen());
  }

  @Test
  void shouldPassOnNothingUnderTheIdOfAnotherMessage() {
    byte[] sender = new byte[32];
    String id = MessageIds.publish(sender, "t", new byte[] {1}, 7);
    packet(new String(PublishCodec.encode("t", id, 7, sender, new byte[] {2}), UTF_8));
    packet(new String(PublishCodec.encode("t", id, 7, sender, new byte[] {1}), UTF_8));
    packet("{\"type\":\"publish\",\"channel\":\"t\",\"message_id\":\"" + id + "\"}");
    List<InboundItem> items = items();
    assertEquals(new InboundItem.Forged("t", id), items.get(0));
    assertInstanceOf(InboundItem.Publish.class, items.get(1), "the honest one");
    assertInstanceOf(InboundItem.Publish.class, items.get(2), "a receipt");
    assertEquals(1, counters.forgedIds.sum());
    assertTrue(session.isOpen());
  }

  @Test
  void shouldIgnoreWhatItDoesNotKnow() {
    packet("{}");
    packet("null");
    packet("{\"type\":\"from_the_future\",\"x\":[1,{}]}");
    assertEquals(List.of(), items());
    assertEquals(3, counters.ignoredEnvelopes.sum());
    assertTrue(session.isOpen());
  }

  @Test
  void shouldCloseTheSessionOnWhatIsNoEnvelopeAndReadNothingMore() {
    packet("{\"type\":\"graft\",\"channel\":\"t\"}");
    packet("[1]");
    packet("{\"type\":\"graft\",\"channel\":\"u\"}");
    packet("again");
    assertEquals(
        List.of(
            new InboundItem.Control(new GossipMessage.Graft("t")), InboundItem.Invalid.INSTANCE),
        items());
    assertFalse(session.isOpen());
    assertEquals(1, counters.badEnvelopes.sum());
  }

  @Test
  void shouldLimitAnnouncements() {
    String announcement =
        "{\"type\":\"peer_announce\",\"advertised_peer_id\":\"x\",\"advertised_addr\":\"h:1\"}";
    for (int i = 0; i < 70; i++) {
      packet(announcement);
    }
    assertEquals(60, items().size());
    assertEquals(10, counters.announcesThrottled.sum());
    nowNs += 500_000_000L;
    for (int i = 0; i < 20; i++) {
      packet(announcement);
    }
    assertEquals(10, items().size(), "20 a second");
  }

  @Test
  void shouldReportTheEndLast() {
    packet("{\"type\":\"graft\",\"channel\":\"t\"}");
    door.onClosed(CloseReason.REMOTE_CLOSED);
    List<InboundItem> items = items();
    assertEquals(new InboundItem.Closed(CloseReason.REMOTE_CLOSED), items.getLast());
    assertEquals(2, items.size());
    assertEquals(1, counters.sessionsClosed(CloseReason.REMOTE_CLOSED).sum());
  }

  @Test
  void shouldSurviveAnyBytes() {
    long seed = new SecureRandom().nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    byte[] valid =
        PublishCodec.encode("topic", "message", 12, new byte[32], "payload".getBytes(UTF_8));
    int runs = "full".equals(System.getProperty("lichen.suite")) ? 1_000_000 : 100_000;
    try {
      for (int i = 0; i < runs; i++) {
        byte[] bytes = i % 2 == 0 ? valid.clone() : new byte[random.nextInt(80)];
        for (int change = 0; change < 1 + bytes.length / (i % 2 == 0 ? 40 : 1); change++) {
          if (bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
          }
        }
        SessionInbound fresh = door();
        int length = random.nextInt(bytes.length + 1);
        fresh.onPacket(bytes, 0, i % 3 == 0 ? length : bytes.length);
        fresh.onBatchComplete();
        if (i % 64 == 0) {
          items();
        }
      }
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed, e);
    }
    assertTrue(counters.badEnvelopes.sum() > runs / 10, "the door was tried");
  }
}
