// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel.membership;

import static io.lichen.core.net.channel.Rig.CHANNEL;
import static io.lichen.core.net.channel.membership.MembershipTalk.PUBLISHER;
import static io.lichen.core.net.channel.membership.MembershipTalk.SUBSCRIBER;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lichen.core.net.channel.ChannelConfig;
import io.lichen.core.net.channel.Rig;
import io.lichen.core.net.channel.membership.Membership.Ack;
import io.lichen.core.net.wire.NetWireException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MembershipRequesterTest {
  private final MembershipTalk talk = new MembershipTalk();

  @BeforeEach
  void openTheChannel() {
    talk.rig.registry.put(CHANNEL, ChannelConfig.open());
  }

  @Test
  void shouldSubscribeAndUnsubscribe() throws NetWireException {
    subscribe(null);
    exchange();
    assertEquals(List.of(MembershipOutcome.ACCEPTED), talk.outcomes);
    assertEquals(1, talk.rig.roster.size());
    talk.requester.unsubscribe(PUBLISHER, CHANNEL, talk.nowNs, talk.outcomes::add);
    exchange();
    assertEquals(List.of(MembershipOutcome.ACCEPTED, MembershipOutcome.ACCEPTED), talk.outcomes);
    assertEquals(0, talk.rig.roster.size());
    assertEquals(0, talk.requester.pending());
  }

  @Test
  void shouldSendThreeTimesUnderOneNonceAndThenGiveUp() {
    subscribe(null);
    long sleptNs = talk.sleep();
    assertEquals(5 * Rig.SECOND / 3, sleptNs);
    sleptNs += talk.sleep();
    assertEquals(3, talk.requests.size());
    assertArrayEquals(talk.requests.get(0), talk.requests.get(2));
    sleptNs += talk.sleep();
    assertEquals(5 * Rig.SECOND, sleptNs);
    assertEquals(3, talk.requests.size());
    assertEquals(List.of(MembershipOutcome.TIMED_OUT), talk.outcomes);
    assertEquals(MembershipRequester.NEVER, talk.requester.nextDeadlineNs());
  }

  @Test
  void shouldSucceedWhenTwoOfThreeRequestsAreLost() throws NetWireException {
    subscribe(null);
    talk.requests.clear();
    talk.sleep();
    talk.requests.clear();
    talk.sleep();
    exchange();
    assertEquals(List.of(MembershipOutcome.ACCEPTED), talk.outcomes);
  }

  @Test
  void shouldTakeTheAnswerFromWhomItAskedAlone() throws NetWireException {
    subscribe(null);
    talk.deliverRequests();
    Ack ack = MembershipTalk.ack(talk.answers.getFirst());
    talk.requester.onAck(SUBSCRIBER, ack, talk.nowNs);
    talk.requester.onAck(PUBLISHER, new Ack(ack.nonce() + 1, true, AckReason.NONE), talk.nowNs);
    assertEquals(List.of(), talk.outcomes);
    assertEquals(2, talk.requester.strayAcks());
    talk.deliverAnswers();
    talk.requester.onAck(PUBLISHER, ack, talk.nowNs);
    assertEquals(List.of(MembershipOutcome.ACCEPTED), talk.outcomes);
    assertEquals(3, talk.requester.strayAcks());
  }

  @Test
  void shouldTellEachReason() throws NetWireException {
    for (AckReason reason : AckReason.values()) {
      talk.requester.unsubscribe(PUBLISHER, CHANNEL, talk.nowNs, talk.outcomes::add);
      talk.deliverRequests();
      long nonce = MembershipTalk.ack(talk.answers.removeFirst()).nonce();
      talk.requester.onAck(PUBLISHER, new Ack(nonce, false, reason), talk.nowNs);
    }
    assertEquals(
        List.of(
            MembershipOutcome.REFUSED,
            MembershipOutcome.UNAUTHORIZED,
            MembershipOutcome.UNKNOWN_CHANNEL,
            MembershipOutcome.RATE_LIMITED,
            MembershipOutcome.TOO_MANY_CHANNELS,
            MembershipOutcome.IDENTITY_NOT_ESTABLISHED),
        talk.outcomes);
  }

  @Test
  void shouldProveItsIdentityBeforeItPresentsAToken() throws NetWireException {
    subscribe(new byte[170]);
    assertEquals(0, talk.requests.size());
    assertEquals(List.of(false), talk.provedAgain);
    talk.proofs.getFirst().accept(talk.nowNs);
    exchange();
    assertEquals(List.of(MembershipOutcome.ACCEPTED), talk.outcomes);
  }

  @Test
  void shouldProveItsIdentityAndAskOnceMoreWhenToldTo() throws NetWireException {
    talk.rig.registry.put(CHANNEL, Rig.gated());
    talk.rig.provers.add(SUBSCRIBER);
    subscribe(Rig.grant(Rig.SUBSCRIBER, CHANNEL.hash()).encode());
    talk.proofs.getFirst().accept(talk.nowNs);
    exchange();
    assertEquals(List.of(), talk.outcomes);
    assertEquals(List.of(false, true), talk.provedAgain);
    talk.rig.identities.put(SUBSCRIBER, Rig.SUBSCRIBER.id());
    talk.proofs.getLast().accept(talk.nowNs);
    exchange();
    assertEquals(List.of(MembershipOutcome.ACCEPTED), talk.outcomes);
    assertEquals(0, talk.requester.pending());
  }

  @Test
  void shouldNotAskAThirdTime() throws NetWireException {
    talk.rig.registry.put(CHANNEL, Rig.gated());
    talk.rig.provers.add(SUBSCRIBER);
    subscribe(Rig.grant(Rig.SUBSCRIBER, CHANNEL.hash()).encode());
    talk.proofs.getFirst().accept(talk.nowNs);
    exchange();
    talk.proofs.getLast().accept(talk.nowNs);
    exchange();
    assertEquals(List.of(MembershipOutcome.IDENTITY_NOT_ESTABLISHED), talk.outcomes);
  }

  @Test
  void shouldGiveUpWhileTheProofHangs() {
    subscribe(new byte[170]);
    assertEquals(5 * Rig.SECOND, talk.sleep());
    assertEquals(List.of(MembershipOutcome.TIMED_OUT), talk.outcomes);
    talk.proofs.getFirst().accept(talk.nowNs);
    assertEquals(0, talk.requests.size(), "nobody waits for it any more");
  }

  @Test
  void shouldEndWithTheSession() {
    subscribe(null);
    talk.requester.onPeerGone(SUBSCRIBER);
    assertEquals(List.of(), talk.outcomes);
    talk.requester.onPeerGone(PUBLISHER);
    assertEquals(List.of(MembershipOutcome.PEER_GONE), talk.outcomes);
  }

  @Test
  void shouldRefuseToWaitForTooMany() {
    for (int index = 0; index <= MembershipRequester.MAX_PENDING; index++) {
      subscribe(null);
    }
    assertEquals(List.of(MembershipOutcome.TOO_MANY_PENDING), talk.outcomes);
    assertEquals(MembershipRequester.MAX_PENDING, talk.requests.size());
  }

  @Test
  void shouldNotStartWhatDoesNotFitIntoAMessage() {
    assertThrows(IllegalArgumentException.class, () -> subscribe(new byte[70_000]));
    assertEquals(0, talk.requester.pending());
    assertFalse(talk.requester.nextDeadlineNs() != MembershipRequester.NEVER);
  }

  private void subscribe(byte @Nullable [] chain) {
    talk.requester.subscribe(PUBLISHER, CHANNEL, chain, null, talk.nowNs, talk.outcomes::add);
  }

  private void exchange() throws NetWireException {
    talk.deliverRequests();
    talk.deliverAnswers();
  }
}
