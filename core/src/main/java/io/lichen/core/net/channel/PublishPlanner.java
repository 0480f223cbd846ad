// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel;

import io.lichen.crypto.ChannelName;
import io.lichen.crypto.token.TokenChain;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Says who gets a publish, and takes subscriptions away whose right is over: at each publish, and
 * every 30 s on all channels (docs/wire/net-channels.md, "Publishing"). Belongs to the node's loop;
 * not thread-safe. Allocates nothing for a publish on a channel without tokens.
 */
public final class PublishPlanner {
  private static final long SWEEP_NS = TimeUnit.SECONDS.toNanos(30);

  private final ChannelPolicy policy;
  private final ChannelRoster roster;
  private final ChannelPeers peers;
  private final PublishRights rights;
  private final PublishRates rates = new PublishRates();
  private final PublishPlan plan = new PublishPlan();
  private final List<Subscription> lapsed = new ArrayList<>();
  private final Consumer<Subscription> admit = this::admit;

  private ChannelConfig config = ChannelConfig.open();
  private long nowSecs;
  private long nextSweepNs;
  private long expired;

  /** Plans by the policy; {@code tokens} holds what this node may publish with. */
  public PublishPlanner(
      ChannelPolicy policy,
      ChannelRoster roster,
      ChannelPeers peers,
      TokenCache tokens,
      long nowNs) {
    this.policy = policy;
    this.roster = roster;
    this.peers = peers;
    this.rights = new PublishRights(policy, tokens);
    this.nextSweepNs = nowNs + SWEEP_NS;
  }

  /**
   * Says by what passed-on right this node publishes on a channel.
   *
   * @param chain its signatures have been checked; null for none
   * @return false if too many channels have one
   */
  public boolean publishWith(ChannelName channel, @Nullable TokenChain chain) {
    return rights.publishWith(channel, chain);
  }

  /**
   * Plans the next publish on a channel.
   *
   * @param secs Unix seconds
   * @return good until the next call
   */
  public PublishPlan plan(ChannelName channel, long nowNs, long secs) {
    ResolvedChannel resolved = policy.registry().resolve(channel);
    config = resolved == null ? ChannelConfig.open() : resolved.config();
    nowSecs = secs;
    if (resolved != null && !rights.allow(channel, config, secs)) {
      plan.reset(PublishPlan.Verdict.DENIED, config.reliable());
    } else if (!rates.take(channel, config.maxPublishesPerSecond(), nowNs)) {
      plan.reset(PublishPlan.Verdict.RATE_LIMITED, config.reliable());
    } else {
      plan.reset(PublishPlan.Verdict.ALLOWED, config.reliable());
      roster.nextRecipients(channel, admit);
      dropLapsed();
    }
    return plan;
  }

  private void admit(Subscription subscription) {
    long nodeId = subscription.nodeId();
    if (!config
        .visibility()
        .permits(policy.subnet(), peers.subnet(nodeId), config.exportTargets())) {
      return;
    }
    if (isEntitled(subscription, config)) {
      plan.add(nodeId);
    } else {
      lapsed.add(subscription);
    }
  }

  /** Channels may have become stricter since the peer subscribed. */
  private boolean isEntitled(Subscription subscription, ChannelConfig current) {
    PresentedChain right = subscription.right();
    if (right == null) {
      return !current.tokenRequired();
    }
    return right.holder().equals(peers.identity(subscription.nodeId()))
        && right.isStillGood(policy.tokens(current), nowSecs);
  }

  private void dropLapsed() {
    if (!lapsed.isEmpty()) {
      lapsed.forEach(old -> roster.remove(old.channel(), old.nodeId()));
      expired += lapsed.size();
      lapsed.clear();
    }
  }

  /** When {@link #onTimer} is wanted. */
  public long nextDeadlineNs() {
    return nextSweepNs;
  }

  /**
   * Takes away what is over on channels that nobody publishes on.
   *
   * @param secs Unix seconds
   */
  public void onTimer(long nowNs, long secs) {
    if (nowNs - nextSweepNs < 0) {
      return;
    }
    nextSweepNs = nowNs + SWEEP_NS;
    nowSecs = secs;
    expired += roster.removeIf(subscription -> !isEntitledNow(subscription));
    rates.removeIdle(nowNs);
  }

  private boolean isEntitledNow(Subscription subscription) {
    ResolvedChannel resolved = policy.registry().resolve(subscription.channel());
    return resolved == null || isEntitled(subscription, resolved.config());
  }

  /** Channels whose rate is being watched. */
  int limitedChannels() {
    return rates.size();
  }

  /** Subscriptions taken away because the right to them was over. */
  public long expired() {
    return expired;
  }
}
