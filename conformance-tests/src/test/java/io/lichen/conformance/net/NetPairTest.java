// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lichen.conformance.matrix.Scenario;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that two nodes on loopback do over one session. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.lichen.conformance.net.NetCell#all")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NetPairTest extends NetPairScenario {
  private static final int CHANNEL_AUTH = -116;
  private static final Numbered EVENTS = Numbered.brief(1_000);
  private static final String GATED = "lab/gated";

  private @Nullable NetPeer dialer;
  private @Nullable NetPeer listener;

  /** One instance serves all invocations of the class. */
  @BeforeParameterizedClassInvocation
  final void forgetPair() {
    dialer = null;
    listener = null;
  }

  @AfterParameterizedClassInvocation
  void endPair() {
    endAll();
  }

  @Test
  @Order(1)
  @Scenario("handshake")
  void shouldMeet() {
    assumeRunnable();
    NetPeer one = peers.start(dialer());
    NetPeer other = peers.start(listener());
    NetTalk.connect(one, other);
    dialer = one;
    listener = other;
    assertEquals(1, one.peerCount());
    assertEquals(1, other.peerCount());
  }

  @Test
  @Order(2)
  @Scenario("subscribe, 1 000 events published one by one each way")
  void shouldDeliverWhatIsPublished() {
    publishFrom(theListener(), theDialer(), "lab/metrics");
    publishFrom(theDialer(), theListener(), "lab/answers");
  }

  private static void publishFrom(NetPeer publisher, NetPeer subscriber, String channel) {
    publisher.channel(channel, "{}");
    assertEquals(0, subscriber.subscribe(publisher, channel, ""), "code of subscribe");
    NetTalk.publish(publisher, subscriber, channel, 1_000);
    subscriber.unsubscribe(publisher, channel);
    assertEquals(0, publisher.publish(channel, new byte[] {'x'}).path("attempted").asInt());
  }

  @Test
  @Order(3)
  @Scenario("reliable stream, 1 000 events each way, nothing missing")
  void shouldCarryReliableStreams() {
    reliableFrom(theDialer(), theListener(), "4711");
    reliableFrom(theListener(), theDialer(), "4712");
  }

  private static void reliableFrom(NetPeer from, NetPeer to, String stream) {
    to.events().clear();
    from.openStream(to, stream, true);
    NetTalk.send(from, to, stream, EVENTS, 10);
    List<NetEvent> events = NetTalk.awaitDistinct(to, EVENTS.count(), NetTalk.LIMIT);
    assertEquals("", EVENTS.difference(NetTalk.distinctTexts(events)));
  }

  @Test
  @Order(4)
  @Scenario("fire-and-forget stream, 1 000 events each way")
  void shouldCarryStreamsWithoutAcknowledgement() {
    forgottenFrom(theDialer(), theListener(), "4721");
    forgottenFrom(theListener(), theDialer(), "4722");
  }

  private static void forgottenFrom(NetPeer from, NetPeer to, String stream) {
    to.events().clear();
    from.openStream(to, stream, false);
    NetTalk.send(from, to, stream, EVENTS, 10);
    to.events().awaitCount(EVENTS.count(), NetTalk.LIMIT);
    Set<String> sent = new HashSet<>(EVENTS.texts());
    assertEquals(sent, new HashSet<>(NetTalk.texts(to.events().all())));
  }

  @Test
  @Order(5)
  @Scenario("capabilities announced and found")
  void shouldFindWhatIsAnnounced() {
    announceFrom(theDialer(), theListener(), "role:indexer");
    announceFrom(theListener(), theDialer(), "role:reader");
  }

  private static void announceFrom(NetPeer from, NetPeer at, String tag) {
    NetTalk.announce(from, at, tag, NetTalk.LIMIT);
    assertEquals(Set.of(), at.find("{\"require_tags\":[\"role:nobody\"]}"));
  }

  /** Comes after the announcements: before 0.40 it is they that say whose token it is. */
  @Test
  @Order(6)
  @Scenario("token-gated channel: refused without token, accepted with it")
  void shouldHeedTokens() {
    heedTokens(theListener(), theDialer());
    heedTokens(theDialer(), theListener());
  }

  private static void heedTokens(NetPeer publisher, NetPeer subscriber) {
    String root = publisher.entityId();
    publisher.channel(GATED, "{\"require_token\":true,\"token_roots\":[\"" + root + "\"]}");
    assertEquals(CHANNEL_AUTH, subscriber.subscribe(publisher, GATED, ""), "without a token");
    String foreign = publisher.issueToken(publisher, GATED);
    assertEquals(CHANNEL_AUTH, subscriber.subscribe(publisher, GATED, foreign), "another's token");
    String token = publisher.issueToken(subscriber, GATED);
    assertEquals(0, subscriber.subscribe(publisher, GATED, token), "with a token");
  }

  private NetPeer theDialer() {
    assumeTrue(dialer != null, "the pair did not start");
    return Objects.requireNonNull(dialer);
  }

  private NetPeer theListener() {
    assumeTrue(listener != null, "the pair did not start");
    return Objects.requireNonNull(listener);
  }
}
