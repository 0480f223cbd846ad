// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import static io.lichen.core.net.runtime.NetNodes.await;
import static io.lichen.core.net.runtime.NetNodes.bytes;
import static io.lichen.core.net.runtime.NetNodes.connect;
import static io.lichen.core.net.runtime.NetNodes.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.net.NetConfig;
import io.lichen.core.net.NetError;
import io.lichen.core.net.NetEvent;
import io.lichen.core.net.NetNode;
import io.lichen.core.net.PeerEvent;
import io.lichen.core.net.PublishOptions;
import io.lichen.core.net.PublishReport;
import io.lichen.core.net.capability.CapabilityFilter;
import io.lichen.core.net.capability.CapabilitySet;
import io.lichen.core.net.channel.ChannelConfig;
import io.lichen.core.net.channel.GroupPolicy;
import io.lichen.crypto.ChannelName;
import io.lichen.crypto.token.PermissionToken;
import io.lichen.crypto.token.TokenChain;
import io.lichen.crypto.token.TokenGrant;
import io.lichen.crypto.token.TokenScope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What nodes do with channels, tokens and capabilities, whatever carries them. */
abstract class NetChannelContract {
  private static final String CHANNEL = "lab/metrics";

  @AutoClose private final NetNodes nodes = new NetNodes(opener());

  /** What carries the nodes. */
  abstract TransportOpener opener();

  @Test
  void shouldPublishToSubscribersAndReportIt() {
    NetNode publisher = nodes.started();
    NetNode one = nodes.connectedTo(publisher);
    NetNode other = nodes.connectedTo(publisher);
    publisher.channels().register(CHANNEL, ChannelConfig.open());
    assertEquals(
        new PublishReport(0, Map.of()), publisher.channels().publish(CHANNEL, bytes("nobody")));
    Listener<NetEvent> atOne = Listener.to(one.events());
    one.channels().subscribe(publisher.nodeId(), CHANNEL);
    other.channels().subscribe(publisher.nodeId(), CHANNEL);
    assertEquals(Set.of(one.nodeId(), other.nodeId()), publisher.channels().subscribers(CHANNEL));
    PublishReport report = publisher.channels().publish(CHANNEL, bytes("hello"));
    assertEquals(2, report.attempted());
    assertEquals(2, report.delivered());
    NetEvent event = atOne.await(1).getFirst();
    assertEquals("hello", NetNodes.text(event));
    assertEquals(CHANNEL, event.channel());
    assertEquals(publisher.entityId().originHash(), event.originHash());
    assertEquals(Set.of(CHANNEL), publisher.channels().registered());
    assertEquals(Map.of(publisher.nodeId(), Set.of(CHANNEL)), one.channels().subscriptions());
    one.channels().unsubscribe(publisher.nodeId(), CHANNEL);
    assertEquals(Map.of(), one.channels().subscriptions());
    assertEquals(1, publisher.channels().publish(CHANNEL, bytes("again")).attempted());
    assertEquals(1, atOne.count());
  }

  @Test
  void shouldPublishReliablyInOrder() {
    NetNode publisher = nodes.started();
    NetNode subscriber = nodes.connectedTo(publisher);
    publisher.channels().register(CHANNEL, ChannelConfig.open().toBuilder().reliable(true).build());
    Listener<NetEvent> heard = Listener.to(subscriber.events());
    subscriber.channels().subscribe(publisher.nodeId(), CHANNEL);
    for (int i = 0; i < 1000; i++) {
      assertEquals(1, publisher.channels().publish(CHANNEL, bytes("n" + i)).delivered());
    }
    assertEquals(
        IntStream.range(0, 1000).mapToObj(i -> "n" + i).toList(),
        heard.await(1000).stream().map(NetNodes::text).toList());
  }

  @Test
  void shouldPublishAsynchronouslyInTheOrderOfTheCalls() {
    NetNode publisher = nodes.started();
    NetNode subscriber = nodes.connectedTo(publisher);
    publisher.channels().register(CHANNEL, ChannelConfig.open().toBuilder().reliable(true).build());
    Listener<NetEvent> heard = Listener.to(subscriber.events());
    subscriber.channels().subscribe(publisher.nodeId(), CHANNEL);
    List<CompletableFuture<PublishReport>> reports =
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    publisher
                        .channels()
                        .publishAsync(CHANNEL, List.of(bytes("n" + i)), PublishOptions.defaults()))
            .toList();
    reports.forEach(report -> assertEquals(1, report.join().delivered()));
    assertEquals(
        IntStream.range(0, 100).mapToObj(i -> "n" + i).toList(),
        heard.await(100).stream().map(NetNodes::text).toList());
  }

  @Test
  void shouldGiveEachPublishToOneMemberOfAQueueGroup() {
    NetNode publisher = nodes.started();
    NetNode one = nodes.connectedTo(publisher);
    NetNode other = nodes.connectedTo(publisher);
    publisher.channels().register(CHANNEL, ChannelConfig.open());
    Listener<NetEvent> atOne = Listener.to(one.events());
    Listener<NetEvent> atOther = Listener.to(other.events());
    one.channels().subscribe(publisher.nodeId(), CHANNEL, null, "workers");
    other.channels().subscribe(publisher.nodeId(), CHANNEL, null, "workers");
    for (int i = 0; i < 10; i++) {
      assertEquals(1, publisher.channels().publish(CHANNEL, bytes("n" + i)).attempted());
    }
    await("all came", () -> atOne.count() + atOther.count() == 10);
    assertEquals(5, atOne.count());
  }

  @Test
  void shouldRefuseAChannelThatIsNotRegisteredAndNamesThatAreNone() {
    NetNode publisher = nodes.started();
    NetNode subscriber = nodes.connectedTo(publisher);
    refused(NetError.CHANNEL, () -> subscriber.channels().subscribe(publisher.nodeId(), CHANNEL));
    refused(NetError.CHANNEL, () -> subscriber.channels().subscribe(publisher.nodeId(), "Upper"));
    refused(NetError.CHANNEL, () -> subscriber.channels().publish("a//b", bytes("x")));
    refused(NetError.CHANNEL, () -> subscriber.channels().register("", ChannelConfig.open()));
    refused(NetError.MESH_NOT_CONNECTED, () -> subscriber.channels().subscribe(4711, CHANNEL));
    refused(NetError.MESH_TRANSPORT, () -> publisher.channels().publish(CHANNEL, new byte[8105]));
  }

  @Test
  void shouldRefuseMoreChannelsOfOnePeerThanConfigured() {
    NetConfig.Limits limits = NetNodes.quick().limits();
    NetNode publisher =
        nodes.open(
            NetNodes.quick()
                .withLimits(
                    new NetConfig.Limits(
                        limits.peers(), limits.streamsPerPeer(), 1, limits.socketBufferBytes())),
            nodes.identity());
    publisher.start();
    NetNode subscriber = nodes.connectedTo(publisher);
    publisher.channels().registerPrefix("lab/", ChannelConfig.open());
    subscriber.channels().subscribe(publisher.nodeId(), CHANNEL);
    refused(
        NetError.CHANNEL, () -> subscriber.channels().subscribe(publisher.nodeId(), "lab/more"));
    assertEquals(Set.of(), publisher.channels().subscribers("lab/more"));
    subscriber.channels().subscribe(publisher.nodeId(), CHANNEL);
  }

  /** With the usual 5 s the peer's failure would be noticed first, and said. */
  @Test
  void shouldWaitForAnAnswerAsLongAsConfigured() {
    NetConfig.Timers quick = NetNodes.quick().timers();
    NetConfig.Timers patientButHere =
        new NetConfig.Timers(
            quick.heartbeat(),
            Duration.ofSeconds(1),
            quick.handshakeTimeout(),
            quick.handshakeAttempts(),
            Duration.ofMillis(100),
            quick.streamIdle());
    NetNode publisher = nodes.started();
    NetNode subscriber = nodes.open(NetNodes.quick().withTimers(patientButHere), nodes.identity());
    subscriber.start();
    connect(subscriber, publisher);
    publisher.close();
    refused(NetError.CHANNEL, () -> subscriber.channels().subscribe(publisher.nodeId(), CHANNEL));
  }

  @Test
  void shouldKeepASubscriptionWhoseRenewalIsRefused() {
    NetNode publisher = nodes.started();
    NetNode subscriber = nodes.connectedTo(publisher);
    publisher.channels().register(CHANNEL, ChannelConfig.open());
    Listener<NetEvent> heard = Listener.to(subscriber.events());
    subscriber.channels().subscribe(publisher.nodeId(), CHANNEL);
    publisher
        .channels()
        .register(
            CHANNEL, ChannelConfig.open().toBuilder().groupPolicy(GroupPolicy.NOBODY).build());
    refused(
        NetError.CHANNEL_AUTH,
        () -> subscriber.channels().subscribe(publisher.nodeId(), CHANNEL, null, "workers"));
    assertEquals(1, publisher.channels().publish(CHANNEL, bytes("still")).delivered());
    assertEquals(CHANNEL, heard.await(1).getFirst().channel());
  }

  @Test
  void shouldOpenATokenGatedChannelToWhoHoldsAToken() {
    NetNode publisher = nodes.started();
    NetNode guest = nodes.connectedTo(publisher);
    publisher
        .channels()
        .register(
            CHANNEL,
            ChannelConfig.open().toBuilder().tokenRoots(Set.of(publisher.entityId())).build());
    long hash = ChannelName.of(CHANNEL).hash();
    PermissionToken right =
        publisher.tokens().issue(TokenGrant.of(guest.entityId(), TokenScope.SUBSCRIBE, hash, 60));
    PermissionToken wrong =
        guest.tokens().issue(TokenGrant.of(guest.entityId(), TokenScope.SUBSCRIBE, hash, 60));
    refused(NetError.CHANNEL_AUTH, () -> guest.channels().subscribe(publisher.nodeId(), CHANNEL));
    refused(
        NetError.CHANNEL_AUTH,
        () ->
            guest
                .channels()
                .subscribe(publisher.nodeId(), CHANNEL, TokenChain.of(wrong).encode(), null));
    guest.channels().subscribe(publisher.nodeId(), CHANNEL, TokenChain.of(right).encode(), null);
    refused(NetError.CHANNEL_AUTH, () -> publisher.channels().publish(CHANNEL, bytes("no right")));
    PermissionToken own =
        publisher.tokens().issue(TokenGrant.of(publisher.entityId(), TokenScope.PUBLISH, hash, 60));
    publisher.tokens().install(own);
    assertEquals(own, publisher.tokens().find(publisher.entityId(), TokenScope.PUBLISH, CHANNEL));
    assertEquals(1, publisher.channels().publish(CHANNEL, bytes("secret")).delivered());
    publisher.tokens().revokeBefore(publisher.entityId(), 1);
    refused(NetError.CHANNEL_AUTH, () -> publisher.channels().publish(CHANNEL, bytes("revoked")));
    assertNull(publisher.tokens().find(publisher.entityId(), TokenScope.PUBLISH, CHANNEL));
  }

  @Test
  void shouldPublishOnAChannelOfSomebodyElsesByAChain() {
    NetNode owner = nodes.open();
    NetNode editor = nodes.open();
    NetNode publisher = nodes.started();
    NetNode guest = nodes.connectedTo(publisher);
    long hash = ChannelName.of(CHANNEL).hash();
    publisher
        .channels()
        .register(
            CHANNEL, ChannelConfig.open().toBuilder().tokenRoots(Set.of(owner.entityId())).build());
    TokenScope all = TokenScope.PUBLISH.union(TokenScope.SUBSCRIBE).union(TokenScope.DELEGATE);
    PermissionToken first =
        owner
            .tokens()
            .issue(TokenGrant.of(editor.entityId(), all, hash, 60).withDelegationDepth(2));
    TokenChain right =
        TokenChain.of(first)
            .with(editor.tokens().delegate(first, publisher.entityId(), TokenScope.PUBLISH));
    TokenChain guests =
        TokenChain.of(first)
            .with(editor.tokens().delegate(first, guest.entityId(), TokenScope.SUBSCRIBE));
    guest.channels().subscribe(publisher.nodeId(), CHANNEL, guests.encode(), null);
    refused(NetError.CHANNEL_AUTH, () -> publisher.channels().publish(CHANNEL, bytes("no right")));
    refused(NetError.TOKEN_NOT_AUTHORIZED, () -> publisher.tokens().publishWith(CHANNEL, guests));
    byte[] forged = right.encode();
    forged[forged.length - 1] ^= 1;
    refused(
        NetError.TOKEN_INVALID_SIGNATURE,
        () -> publisher.tokens().publishWith(CHANNEL, TokenChain.decode(forged)));
    publisher.tokens().publishWith(CHANNEL, right);
    assertEquals(1, publisher.channels().publish(CHANNEL, bytes("by a chain")).delivered());
    publisher.tokens().revokeBefore(owner.entityId(), 1);
    refused(NetError.CHANNEL_AUTH, () -> publisher.channels().publish(CHANNEL, bytes("revoked")));
  }

  @Test
  void shouldPassATokenOnAndRefuseWhatMayNotBe() {
    NetNode publisher = nodes.started();
    NetNode guest = nodes.started();
    long hash = ChannelName.of(CHANNEL).hash();
    TokenScope both = TokenScope.SUBSCRIBE.union(TokenScope.DELEGATE);
    PermissionToken root =
        publisher
            .tokens()
            .issue(TokenGrant.of(guest.entityId(), both, hash, 60).withDelegationDepth(1));
    PermissionToken child =
        guest.tokens().delegate(root, publisher.entityId(), TokenScope.SUBSCRIBE);
    assertNotNull(child);
    refused(
        NetError.TOKEN_DELEGATION_EXHAUSTED,
        () -> publisher.tokens().delegate(child, guest.entityId(), TokenScope.SUBSCRIBE));
    refused(
        NetError.TOKEN_NOT_AUTHORIZED,
        () -> publisher.tokens().delegate(root, guest.entityId(), TokenScope.SUBSCRIBE));
    refused(
        NetError.TOKEN_INVALID_FORMAT,
        () -> guest.tokens().issue(TokenGrant.of(guest.entityId(), both, hash, 0)));
    assertEquals(0, guest.tokens().size());
  }

  @Test
  void shouldFindNodesByWhatTheyAnnounce() {
    NetNode a = nodes.started();
    NetNode b = nodes.started();
    NetNode c = nodes.started();
    connect(a, b);
    connect(b, c);
    c.capabilities().announce(CapabilitySet.builder().tag("gpu").tag("prod").build());
    CapabilityFilter gpu = CapabilityFilter.ofTags("gpu");
    await("a heard of c over b", () -> a.capabilities().findNodes(gpu).equals(List.of(c.nodeId())));
    assertEquals(List.of(c.nodeId()), c.capabilities().findNodes(gpu));
    assertTrue(a.capabilities().of(c.nodeId()).orElseThrow().hasTag("prod"));
    assertEquals(List.of(), a.capabilities().findNodes(CapabilityFilter.ofTags("absent")));
    refused(
        NetError.CAPABILITY,
        () ->
            c.capabilities()
                .announce(CapabilitySet.builder().metadata("much", "x".repeat(9000)).build()));
    assertTrue(c.capabilities().of(c.nodeId()).orElseThrow().hasTag("gpu"));
  }

  @Test
  void shouldKnowWhoAPeerIsOnceItHasAnnouncedItself() {
    NetNode a = nodes.started();
    NetNode b = nodes.started();
    connect(a, b);
    await(
        "b is known by its signature",
        () -> b.entityId().equals(a.peer(b.nodeId()).orElseThrow().entityId()));
  }

  @Test
  void shouldLetWhoHasTheCapabilitySubscribe() {
    NetNode publisher = nodes.started();
    NetNode guest = nodes.connectedTo(publisher);
    publisher
        .channels()
        .register(
            CHANNEL,
            ChannelConfig.open().toBuilder()
                .subscribeGate(publisher.capabilities().gate(CapabilityFilter.ofTags("gpu")))
                .build());
    refused(NetError.CHANNEL_AUTH, () -> guest.channels().subscribe(publisher.nodeId(), CHANNEL));
    guest.capabilities().announce(CapabilitySet.builder().tag("gpu").build());
    await(
        "the publisher heard of it",
        () -> publisher.capabilities().of(guest.nodeId()).filter(c -> c.hasTag("gpu")).isPresent());
    guest.channels().subscribe(publisher.nodeId(), CHANNEL);
    assertEquals(Set.of(guest.nodeId()), publisher.channels().subscribers(CHANNEL));
  }

  @Test
  void shouldForgetTheSubscriptionsOfAPeerThatFails() {
    NetNode publisher = nodes.started(NetNodes.quick(Duration.ofMillis(200)));
    NetNode subscriber = nodes.connectedTo(publisher);
    publisher.channels().register(CHANNEL, ChannelConfig.open());
    subscriber.channels().subscribe(publisher.nodeId(), CHANNEL);
    subscriber.close();
    await("nobody is left", () -> publisher.channels().subscribers(CHANNEL).isEmpty());
  }

  /** A node that is not started sends no heartbeats. */
  @Test
  void shouldTakeTheSubscribeOfAFailedPeerForASignOfLife() {
    NetNode publisher = nodes.started(NetNodes.quick(Duration.ofMillis(200)));
    NetNode mute = nodes.open();
    publisher.channels().register(CHANNEL, ChannelConfig.open());
    Listener<PeerEvent> news = Listener.to(publisher.peerEvents());
    connect(mute, publisher);
    await("it failed", () -> lives(news).equals(List.of(PeerEvent.Type.FAILED)));
    mute.channels().subscribe(publisher.nodeId(), CHANNEL);
    await(
        "it was alive, and failed again",
        () ->
            lives(news)
                .equals(
                    List.of(
                        PeerEvent.Type.FAILED, PeerEvent.Type.RECOVERED, PeerEvent.Type.FAILED)));
    await("nobody is left", () -> publisher.channels().subscribers(CHANNEL).isEmpty());
  }

  private static List<PeerEvent.Type> lives(Listener<PeerEvent> news) {
    return news.got().stream()
        .map(PeerEvent::type)
        .filter(type -> type == PeerEvent.Type.FAILED || type == PeerEvent.Type.RECOVERED)
        .toList();
  }

  @Test
  void shouldFailWaitingCallsWhenTheNodeCloses() {
    NetNode publisher = nodes.open();
    NetNode subscriber = nodes.started();
    CompletableFuture<?> accepted = publisher.acceptAsync(subscriber.nodeId());
    connect(subscriber, publisher);
    accepted.join();
    CompletableFuture<Void> asked =
        subscriber.channels().subscribeAsync(publisher.nodeId(), CHANNEL, null, null);
    subscriber.close();
    await("an answer of some kind", asked::isDone);
    assertTrue(asked.isCompletedExceptionally());
    refused(NetError.SHUTTING_DOWN, () -> subscriber.channels().subscribers(CHANNEL));
  }
}
