// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel.membership;

import static io.lichen.core.net.channel.Rig.CHANNEL;
import static io.lichen.core.net.channel.membership.MembershipTalk.SUBSCRIBER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.net.channel.AttemptThrottle;
import io.lichen.core.net.channel.ChannelConfig;
import io.lichen.core.net.channel.ChannelConfigBuilder;
import io.lichen.core.net.channel.ChannelPolicy;
import io.lichen.core.net.channel.ChannelRoster;
import io.lichen.core.net.channel.GroupPolicy;
import io.lichen.core.net.channel.Rig;
import io.lichen.core.net.channel.SubnetId;
import io.lichen.core.net.channel.Subscription;
import io.lichen.core.net.channel.Visibility;
import io.lichen.core.net.channel.membership.Membership.Request;
import io.lichen.core.net.channel.membership.Membership.Subscribe;
import io.lichen.core.net.channel.membership.Membership.Unsubscribe;
import io.lichen.core.net.wire.NetWireException;
import io.lichen.crypto.ChannelName;
import io.lichen.crypto.entity.NodeIds;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who may subscribe, in the order in which it is asked. */
class MembershipResponderTest {
  private final MembershipTalk talk = new MembershipTalk();
  private final Rig rig = talk.rig;
  private long nonce;

  @Test
  void shouldNotKnowChannelsThatAreNotRegistered() throws NetWireException {
    assertEquals(AckReason.UNKNOWN_CHANNEL, subscribe(CHANNEL, null, null));
  }

  @Test
  void shouldOpenChannelsThatAreNotRegisteredWherePermissive() throws NetWireException {
    ChannelPolicy strict = rig.policy();
    ChannelPolicy permissive =
        new ChannelPolicy(
            strict.self(), strict.subnet(), strict.registry(), true, strict.floors(), 0);
    MembershipResponder open =
        new MembershipResponder(
            permissive,
            rig.roster,
            rig.throttle,
            rig,
            rig,
            (peer, e) -> talk.answers.add(e),
            talk.granted::add);
    open.onRequest(SUBSCRIBER, new Subscribe(CHANNEL, 1, null, null), 0, Rig.SECS);
    assertTrue(MembershipTalk.ack(talk.answers.getFirst()).accepted());
  }

  @Test
  void shouldLetAnybodyIntoAnOpenChannel() throws NetWireException {
    put(ChannelConfig.open());
    assertEquals(AckReason.NONE, subscribe(CHANNEL, null, "any group"));
    Subscription held = rig.roster.subscription(CHANNEL, SUBSCRIBER);
    assertNotNull(held);
    assertEquals("any group", held.group());
  }

  @Test
  void shouldTellWhoWasGivenASubscription() throws NetWireException {
    assertEquals(AckReason.UNKNOWN_CHANNEL, subscribe(CHANNEL, null, null));
    assertEquals(List.of(), talk.granted);
    put(ChannelConfig.open());
    assertEquals(AckReason.NONE, subscribe(CHANNEL, null, null));
    assertEquals(List.of(SUBSCRIBER), talk.granted);
  }

  @Test
  void shouldKeepChannelsInTheirSubnet() throws NetWireException {
    put(open().visibility(Visibility.SUBNET_LOCAL).build());
    rig.subnets.put(SUBSCRIBER, SubnetId.of(3));
    assertEquals(AckReason.UNAUTHORIZED, subscribe(CHANNEL, null, null));
    rig.subnets.put(SUBSCRIBER, SubnetId.GLOBAL);
    assertEquals(AckReason.NONE, subscribe(CHANNEL, null, null));
  }

  @Test
  void shouldGiveOriginBoundChannelsToTheirOwner() throws NetWireException {
    rig.registry.putPrefix("echo.replies.", open().originBound(true).build());
    String own = NodeIds.originText(Rig.SUBSCRIBER.id().originHash());
    ChannelName ownReplies = ChannelName.of("echo.replies." + own);
    ChannelName others = ChannelName.of("echo.replies." + "0".repeat(16));
    assertEquals(AckReason.UNAUTHORIZED, subscribe(ownReplies, null, null));
    introduce();
    assertEquals(AckReason.NONE, subscribe(ownReplies, null, null));
    assertEquals(AckReason.UNAUTHORIZED, subscribe(others, null, null));
    rig.registry.put(others, open().originBound(true).build());
    assertEquals(AckReason.UNAUTHORIZED, subscribe(others, null, null));
  }

  @Test
  void shouldAskForCapabilities() throws NetWireException {
    put(open().subscribeGate(node -> node != SUBSCRIBER).build());
    assertEquals(AckReason.UNAUTHORIZED, subscribe(CHANNEL, null, null));
    put(open().subscribeGate(node -> node == SUBSCRIBER).build());
    assertEquals(AckReason.NONE, subscribe(CHANNEL, null, null));
  }

  @Test
  void shouldAskForAToken() throws NetWireException {
    put(Rig.gated());
    introduce();
    byte[] chain = Rig.grant(Rig.SUBSCRIBER, CHANNEL.hash()).encode();
    assertEquals(AckReason.UNAUTHORIZED, subscribe(CHANNEL, null, null));
    assertEquals(AckReason.UNAUTHORIZED, subscribe(CHANNEL, new byte[170], null));
    assertEquals(
        AckReason.UNAUTHORIZED,
        subscribe(CHANNEL, Rig.grant(Rig.ROOT, CHANNEL.hash()).encode(), null));
    assertEquals(
        AckReason.UNAUTHORIZED, subscribe(CHANNEL, Rig.grant(Rig.SUBSCRIBER, 5).encode(), null));
    assertEquals(AckReason.NONE, subscribe(CHANNEL, chain, null));
    rig.floors.raise(Rig.ROOT.id(), 1);
    assertEquals(AckReason.UNAUTHORIZED, subscribe(CHANNEL, chain, null));
  }

  @Test
  void shouldLetNobodyInWhereTokensAreRequiredAndNobodyGrantsThem() throws NetWireException {
    put(open().tokenRequired(true).build());
    introduce();
    byte[] chain = Rig.grant(Rig.SUBSCRIBER, CHANNEL.hash()).encode();
    assertEquals(AckReason.UNAUTHORIZED, subscribe(CHANNEL, chain, null));
  }

  /** Natives below 0.40 cannot read the reason that asks for a proof. */
  @Test
  void shouldAskForAProofOnlyWhereThatIsUnderstood() throws NetWireException {
    put(Rig.gated());
    byte[] chain = Rig.grant(Rig.SUBSCRIBER, CHANNEL.hash()).encode();
    assertEquals(AckReason.UNAUTHORIZED, subscribe(CHANNEL, chain, null));
    rig.provers.add(SUBSCRIBER);
    assertEquals(AckReason.IDENTITY_NOT_ESTABLISHED, subscribe(CHANNEL, chain, null));
  }

  @Test
  void shouldBindGroupsToTokensOfTheirOwn() throws NetWireException {
    put(open().tokenRoots(Set.of(Rig.ROOT.id())).groupPolicy(GroupPolicy.TOKEN_BOUND).build());
    introduce();
    byte[] forChannel = Rig.grant(Rig.SUBSCRIBER, CHANNEL.hash()).encode();
    byte[] forGroup = Rig.grant(Rig.SUBSCRIBER, CHANNEL.groupHash("workers")).encode();
    assertEquals(AckReason.UNAUTHORIZED, subscribe(CHANNEL, forChannel, "workers"));
    assertEquals(AckReason.UNAUTHORIZED, subscribe(CHANNEL, forGroup, "others"));
    assertEquals(AckReason.UNAUTHORIZED, subscribe(CHANNEL, forGroup, null));
    assertEquals(AckReason.NONE, subscribe(CHANNEL, forGroup, "workers"));
    assertEquals(AckReason.NONE, subscribe(CHANNEL, forChannel, null));
  }

  @Test
  void shouldKeepGroupsOutWhereThereAreNone() throws NetWireException {
    put(open().groupPolicy(GroupPolicy.NOBODY).build());
    assertEquals(AckReason.UNAUTHORIZED, subscribe(CHANNEL, null, "g"));
    assertEquals(AckReason.NONE, subscribe(CHANNEL, null, null));
  }

  @Test
  void shouldThrottleWhoFailsTooOften() throws NetWireException {
    put(ChannelConfig.open());
    ChannelName unknown = ChannelName.of("unknown");
    for (int attempt = 0; attempt < AttemptThrottle.MAX_FAILURES; attempt++) {
      assertEquals(AckReason.UNKNOWN_CHANNEL, subscribe(unknown, null, null));
    }
    assertEquals(AckReason.RATE_LIMITED, subscribe(CHANNEL, null, null));
    talk.responder.onPeerGone(SUBSCRIBER);
    assertEquals(AckReason.RATE_LIMITED, subscribe(CHANNEL, null, null), "a new session");
    talk.nowNs += 30 * Rig.SECOND;
    assertEquals(AckReason.NONE, subscribe(CHANNEL, null, null));
  }

  @Test
  void shouldForgiveFailuresOnceOneSucceeds() throws NetWireException {
    put(ChannelConfig.open());
    for (int attempt = 0; attempt < 40; attempt++) {
      ChannelName channel = attempt % 10 == 9 ? CHANNEL : ChannelName.of("unknown");
      AckReason expected = attempt % 10 == 9 ? AckReason.NONE : AckReason.UNKNOWN_CHANNEL;
      assertEquals(expected, subscribe(channel, null, null), "attempt " + attempt);
    }
  }

  @Test
  void shouldBoundChannelsOfAPeerWithoutHoldingThatAgainstIt() throws NetWireException {
    rig.registry.putPrefix("c", ChannelConfig.open());
    for (int index = 0; index < ChannelRoster.MAX_CHANNELS_OF_PEER; index++) {
      assertEquals(AckReason.NONE, subscribe(ChannelName.of("c" + index), null, null));
    }
    for (int attempt = 0; attempt < 20; attempt++) {
      assertEquals(AckReason.TOO_MANY_CHANNELS, subscribe(ChannelName.of("cx"), null, null));
    }
    assertEquals(AckReason.NONE, subscribe(ChannelName.of("c5"), null, null));
  }

  @Test
  void shouldAnswerCopiesAlikeAndCountThemOnce() throws NetWireException {
    Subscribe request = new Subscribe(ChannelName.of("unknown"), 77, null, null);
    for (int copy = 0; copy < 100; copy++) {
      assertEquals(AckReason.UNKNOWN_CHANNEL, ask(request));
    }
    assertFalse(rig.throttle.isThrottled(SUBSCRIBER, talk.nowNs));
    assertEquals(1, talk.responder.refused());
    talk.nowNs += 10 * Rig.SECOND;
    ask(request);
    assertEquals(2, talk.responder.refused(), "after ten seconds it is a new request");
  }

  @Test
  void shouldForgetTheOldestAnswersFirst() {
    AnswerMemory memory = new AnswerMemory();
    for (int request = 0; request <= AnswerMemory.MAX_ENTRIES; request++) {
      memory.put(SUBSCRIBER, new Membership.Ack(request, true, AckReason.NONE), 0);
    }
    assertNull(memory.find(SUBSCRIBER, 0, 0));
    assertNotNull(memory.find(SUBSCRIBER, 1, 0));
  }

  /** A late copy of the subscribe must not undo the unsubscribe. */
  @Test
  void shouldNotSubscribeAgainByALateCopy() throws NetWireException {
    put(ChannelConfig.open());
    Subscribe request = new Subscribe(CHANNEL, 5, null, null);
    ask(request);
    ask(new Unsubscribe(CHANNEL, 6));
    assertEquals(AckReason.NONE, ask(request));
    assertEquals(0, rig.roster.size());
  }

  @Test
  void shouldCheckSignaturesOffTheLoopAndOncePerNonce() throws NetWireException {
    put(Rig.gated());
    introduce();
    rig.delayedRoom = 10;
    for (int copy = 0; copy < 3; copy++) {
      presentToken(5);
    }
    assertEquals(1, rig.delayed.size());
    assertEquals(0, talk.answers.size());
    rig.delayed.removeFirst().run();
    assertTrue(MembershipTalk.ack(talk.answers.removeFirst()).accepted());
    presentToken(5);
    assertTrue(MembershipTalk.ack(talk.answers.removeFirst()).accepted());
    assertEquals(0, rig.delayed.size());
  }

  @Test
  void shouldLeaveRequestsToTheirCopiesWhenOverloaded() throws NetWireException {
    put(Rig.gated());
    introduce();
    rig.delayedRoom = 1;
    presentToken(1);
    presentToken(2);
    assertEquals(1, talk.responder.overloaded());
    rig.delayed.removeFirst().run();
    talk.answers.clear();
    presentToken(2);
    rig.delayed.removeFirst().run();
    assertTrue(MembershipTalk.ack(talk.answers.getFirst()).accepted());
  }

  @Test
  void shouldDropWhatIsJudgedAfterThePeerIsGone() {
    put(Rig.gated());
    introduce();
    rig.delayedRoom = 1;
    presentToken(1);
    talk.responder.onPeerGone(SUBSCRIBER);
    rig.delayed.removeFirst().run();
    assertEquals(0, rig.roster.size());
    assertEquals(0, talk.answers.size());
  }

  @Test
  void shouldRefuseWhoBecameSomebodyElseMeanwhile() throws NetWireException {
    put(Rig.gated());
    introduce();
    rig.delayedRoom = 1;
    presentToken(1);
    rig.identities.put(SUBSCRIBER, Rig.ROOT.id());
    rig.delayed.removeFirst().run();
    assertEquals(AckReason.UNAUTHORIZED, MembershipTalk.ack(talk.answers.getFirst()).reason());
  }

  private void put(ChannelConfig config) {
    rig.registry.put(CHANNEL, config);
  }

  private static ChannelConfigBuilder open() {
    return ChannelConfig.open().toBuilder();
  }

  /** Asks with a good token; the answer is not waited for. */
  private void presentToken(long withNonce) {
    byte[] chain = Rig.grant(Rig.SUBSCRIBER, CHANNEL.hash()).encode();
    Subscribe request = new Subscribe(CHANNEL, withNonce, chain, null);
    talk.responder.onRequest(SUBSCRIBER, request, talk.nowNs, Rig.SECS);
  }

  private void introduce() {
    rig.identities.put(SUBSCRIBER, Rig.SUBSCRIBER.id());
  }

  private AckReason subscribe(ChannelName channel, byte @Nullable [] chain, @Nullable String group)
      throws NetWireException {
    nonce++;
    return ask(new Subscribe(channel, 1000 + nonce, chain, group));
  }

  private AckReason ask(Request request) throws NetWireException {
    talk.responder.onRequest(SUBSCRIBER, request, talk.nowNs, Rig.SECS);
    Membership.Ack ack = MembershipTalk.ack(talk.answers.removeFirst());
    assertEquals(request.nonce(), ack.nonce());
    assertEquals(ack.reason() == AckReason.NONE, ack.accepted());
    return ack.reason();
  }
}
