// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel;

import static io.lichen.core.net.channel.Rig.CHANNEL;
import static io.lichen.core.net.channel.Rig.PUBLISHER;
import static io.lichen.core.net.channel.Rig.ROOT;
import static io.lichen.core.net.channel.Rig.SECOND;
import static io.lichen.core.net.channel.Rig.SECS;
import static io.lichen.core.net.channel.Rig.SUBSCRIBER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.lichen.core.net.channel.PublishPlan.Verdict;
import io.lichen.crypto.ChannelName;
import io.lichen.crypto.entity.EntityKeyPair;
import io.lichen.crypto.token.PermissionToken;
import io.lichen.crypto.token.TokenChain;
import io.lichen.crypto.token.TokenGrant;
import io.lichen.crypto.token.TokenIssuer;
import io.lichen.crypto.token.TokenScope;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PublishPlannerTest {
  private static final long MEMBER = SUBSCRIBER.id().nodeId();

  private final Rig rig = new Rig();
  private static final EntityKeyPair MIDDLE = Rig.keys(5);
  private static final TokenScope DELEGATES = TokenScope.PUBLISH.union(TokenScope.DELEGATE);

  private final TokenCache tokens = new TokenCache(rig.floors, 0);
  private final PublishPlanner planner =
      new PublishPlanner(rig.policy(), rig.roster, rig, tokens, 0);

  @Test
  void shouldSendToEverySubscriberAndOneOfEachGroup() {
    for (long node = 1; node <= 40; node++) {
      subscribe(node, null, null);
    }
    subscribe(100, "g", null);
    subscribe(101, "g", null);
    assertEquals(41, recipients().size());
    assertTrue(recipients().contains(101L));
    assertThrows(IndexOutOfBoundsException.class, () -> plan(0).recipient(41));
  }

  @Test
  void shouldSayHowTheChannelWantsToBeSent() {
    assertFalse(plan(0).reliable());
    rig.registry.put(CHANNEL, ChannelConfig.open().toBuilder().reliable(true).build());
    assertTrue(plan(0).reliable());
    assertEquals(0, plan(0).count());
  }

  @Test
  void shouldSkipPeersThatMovedToAnotherSubnetWithoutForgettingThem() {
    rig.registry.put(
        CHANNEL, ChannelConfig.open().toBuilder().visibility(Visibility.SUBNET_LOCAL).build());
    subscribe(1, null, null);
    rig.subnets.put(1L, SubnetId.of(4));
    assertEquals(List.of(), recipients());
    rig.subnets.put(1L, SubnetId.GLOBAL);
    assertEquals(List.of(1L), recipients());
  }

  @Test
  void shouldTakeSubscriptionsAwayWhoseTokenExpired() {
    subscribeWithToken();
    assertEquals(List.of(MEMBER), recipients(SECS + 3599));
    assertEquals(List.of(), recipients(SECS + 3600));
    assertEquals(0, rig.roster.size());
    assertEquals(1, planner.expired());
  }

  @Test
  void shouldTakeSubscriptionsAwayWhoseTokenWasRevoked() {
    subscribeWithToken();
    rig.floors.raise(ROOT.id(), 1);
    assertEquals(List.of(), recipients());
  }

  @Test
  void shouldTakeSubscriptionsAwayWhenTheRootIsTrustedNoMore() {
    subscribeWithToken();
    rig.registry.put(CHANNEL, ChannelConfig.open().toBuilder().tokenRequired(true).build());
    assertEquals(List.of(), recipients());
  }

  @Test
  void shouldTakeSubscriptionsAwayWhenThePeerIsSomebodyElseNow() {
    subscribeWithToken();
    rig.identities.put(MEMBER, ROOT.id());
    assertEquals(List.of(), recipients());
  }

  @Test
  void shouldTakeOpenSubscriptionsAwayOnceTokensAreRequired() {
    subscribe(1, null, null);
    rig.registry.put(CHANNEL, Rig.gated());
    assertEquals(1, rig.roster.size());
    allowPublishing();
    assertEquals(List.of(), recipients());
    assertEquals(0, rig.roster.size());
  }

  @Test
  void shouldSweepChannelsThatNobodyPublishesOn() {
    subscribeWithToken();
    subscribe(7, null, null, ChannelName.of("other"));
    assertEquals(30 * SECOND, planner.nextDeadlineNs());
    planner.onTimer(30 * SECOND - 1, SECS + 4000);
    assertEquals(2, rig.roster.size());
    planner.onTimer(30 * SECOND, SECS + 4000);
    assertEquals(1, rig.roster.size());
    assertEquals(1, planner.expired());
    assertEquals(60 * SECOND, planner.nextDeadlineNs());
  }

  @Test
  void shouldHoldItselfToItsChannelsTokens() {
    rig.registry.put(CHANNEL, Rig.gated());
    assertEquals(Verdict.DENIED, plan(0).verdict());
    allowPublishing();
    assertEquals(Verdict.ALLOWED, plan(0).verdict());
    assertEquals(Verdict.ALLOWED, plan(0).verdict());
    assertEquals(Verdict.DENIED, planner.plan(CHANNEL, 0, SECS + 7200).verdict());
    rig.floors.raise(ROOT.id(), 1);
    assertEquals(Verdict.DENIED, plan(0).verdict());
  }

  @Test
  void shouldPublishByARightThatWasPassedOn() {
    rig.registry.put(CHANNEL, Rig.gated());
    assertTrue(planner.publishWith(CHANNEL, passedOn(ROOT, DELEGATES, 1)));
    assertEquals(Verdict.ALLOWED, plan(0).verdict());
    assertEquals(Verdict.ALLOWED, planner.plan(CHANNEL, 0, SECS + 3599).verdict());
    assertEquals(Verdict.DENIED, planner.plan(CHANNEL, 0, SECS + 3600).verdict());
    assertTrue(planner.publishWith(CHANNEL, null));
    assertEquals(Verdict.DENIED, plan(0).verdict());
  }

  @Test
  void shouldNotPublishByAChainThatDoesNotHold() {
    rig.registry.put(CHANNEL, Rig.gated());
    TokenChain good = passedOn(ROOT, DELEGATES, 1);
    PermissionToken last = good.tokens().getLast();
    for (TokenChain wrong :
        List.of(
            passedOn(Rig.keys(9), DELEGATES, 1),
            passedOn(ROOT, TokenScope.PUBLISH, 1),
            passedOn(ROOT, TokenScope.SUBSCRIBE.union(TokenScope.DELEGATE), 1),
            new TokenChain(List.of(good.tokens().getFirst(), good.tokens().getFirst())),
            TokenChain.of(last),
            good.with(last))) {
      assertTrue(planner.publishWith(CHANNEL, wrong));
      assertEquals(Verdict.DENIED, plan(0).verdict(), wrong::toString);
    }
  }

  @Test
  void shouldNotPublishByARightThatWasPassedOnTooOften() {
    rig.registry.put(CHANNEL, Rig.gated());
    // The depth of the second is not below that of the first.
    assertTrue(planner.publishWith(CHANNEL, passedOn(ROOT, DELEGATES, 0)));
    assertEquals(Verdict.DENIED, plan(0).verdict());
  }

  @Test
  void shouldNotPublishOnceAnyIssuerOfTheChainIsRevoked() {
    rig.registry.put(CHANNEL, Rig.gated());
    assertTrue(planner.publishWith(CHANNEL, passedOn(ROOT, DELEGATES, 1)));
    assertEquals(Verdict.ALLOWED, plan(0).verdict());
    rig.floors.raise(MIDDLE.id(), 1);
    assertEquals(Verdict.DENIED, plan(0).verdict());
    allowPublishing();
    assertEquals(Verdict.ALLOWED, plan(0).verdict());
    rig.floors.raise(ROOT.id(), 1);
    assertEquals(Verdict.DENIED, plan(0).verdict());
  }

  @Test
  void shouldKeepSoManyRightsThatWerePassedOn() {
    TokenChain chain = passedOn(ROOT, DELEGATES, 1);
    for (int i = 0; i < PublishRights.MAX_CHANNELS; i++) {
      assertTrue(planner.publishWith(ChannelName.of("lab/" + i), chain));
    }
    assertFalse(planner.publishWith(CHANNEL, chain));
    assertTrue(planner.publishWith(ChannelName.of("lab/0"), null));
    assertTrue(planner.publishWith(CHANNEL, chain));
  }

  /** The root's grant to somebody for an hour, who grants the publisher the right in turn. */
  private static TokenChain passedOn(EntityKeyPair root, TokenScope scope, int depth) {
    long hash = CHANNEL.hash();
    PermissionToken first =
        new TokenIssuer(root, new Random(3))
            .issue(TokenGrant.of(MIDDLE.id(), scope, hash, 3600).withDelegationDepth(depth), SECS);
    PermissionToken second =
        new TokenIssuer(MIDDLE, new Random(4))
            .issue(TokenGrant.of(PUBLISHER.id(), TokenScope.PUBLISH, hash, 3600), SECS);
    return TokenChain.of(first).with(second);
  }

  @Test
  void shouldHoldItselfToItsChannelsCapabilities() {
    CapabilityGate gate = node -> node != PUBLISHER.id().nodeId();
    rig.registry.put(CHANNEL, ChannelConfig.open().toBuilder().publishGate(gate).build());
    assertEquals(Verdict.DENIED, plan(0).verdict());
  }

  @Test
  void shouldHoldChannelsToTheirRate() {
    rig.registry.put(CHANNEL, ChannelConfig.open().toBuilder().maxPublishesPerSecond(10).build());
    for (int publish = 0; publish < 10; publish++) {
      assertEquals(Verdict.ALLOWED, plan(0).verdict(), "publish " + publish);
    }
    assertEquals(Verdict.RATE_LIMITED, plan(0).verdict());
    assertEquals(Verdict.RATE_LIMITED, plan(SECOND / 10 - 1).verdict());
    assertEquals(Verdict.ALLOWED, plan(SECOND / 10).verdict());
    assertEquals(Verdict.RATE_LIMITED, plan(SECOND / 10).verdict());
    int allowed = 0;
    for (long atNs = 10 * SECOND; atNs < 20 * SECOND; atNs += SECOND / 100) {
      allowed += plan(atNs).verdict() == Verdict.ALLOWED ? 1 : 0;
    }
    assertTrue(allowed >= 100 && allowed <= 110, allowed + " publishes in ten seconds");
  }

  @Test
  void shouldForgetTheRatesOfIdleChannels() {
    rig.registry.put(CHANNEL, ChannelConfig.open().toBuilder().maxPublishesPerSecond(5).build());
    plan(29 * SECOND);
    planner.onTimer(30 * SECOND, SECS);
    assertEquals(1, planner.limitedChannels());
    planner.onTimer(60 * SECOND, SECS);
    assertEquals(0, planner.limitedChannels());
  }

  @Test
  void shouldAllocateNothingForAPublish() {
    rig.registry.put(CHANNEL, ChannelConfig.open());
    for (long node = 1; node <= 50; node++) {
      subscribe(node, null, null);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = 0;
    for (int round = 0; round < 20_000; round++) {
      if (round == 10_000) {
        before = threads.getCurrentThreadAllocatedBytes();
      }
      assertEquals(50, plan(0).count());
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    // The subnets of this test's map are looked up by boxed numbers: 50 × 24 bytes at most.
    assertTrue(allocated / 10_000 <= 1400, allocated / 10_000 + " bytes for each publish");
  }

  private void subscribeWithToken() {
    rig.registry.put(CHANNEL, Rig.gated());
    allowPublishing();
    rig.identities.put(MEMBER, SUBSCRIBER.id());
    PresentedChain right =
        new PresentedChain(
            Rig.grant(SUBSCRIBER, CHANNEL.hash()),
            SUBSCRIBER.id(),
            TokenScope.SUBSCRIBE,
            CHANNEL.hash());
    subscribe(MEMBER, null, right);
  }

  private void allowPublishing() {
    TokenGrant grant = TokenGrant.of(PUBLISHER.id(), TokenScope.PUBLISH, CHANNEL.hash(), 7200);
    tokens.put(new TokenIssuer(ROOT, new Random(2)).issue(grant, SECS), SECS);
  }

  private void subscribe(long nodeId, @Nullable String group, @Nullable PresentedChain right) {
    subscribe(nodeId, group, right, CHANNEL);
  }

  private void subscribe(
      long nodeId, @Nullable String group, @Nullable PresentedChain right, ChannelName channel) {
    assertTrue(rig.roster.add(new Subscription(channel, nodeId, group, right)));
  }

  private PublishPlan plan(long nowNs) {
    return planner.plan(CHANNEL, nowNs, SECS);
  }

  private List<Long> recipients() {
    return recipients(SECS);
  }

  private List<Long> recipients(long nowSecs) {
    PublishPlan plan = planner.plan(CHANNEL, 0, nowSecs);
    List<Long> recipients = new ArrayList<>();
    for (int index = 0; index < plan.count(); index++) {
      recipients.add(plan.recipient(index));
    }
    return recipients;
  }
}
