// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.core.net.NetChannels;
import io.lichen.core.net.NetError;
import io.lichen.core.net.NetException;
import io.lichen.core.net.PublishOptions;
import io.lichen.core.net.PublishReport;
import io.lichen.core.net.channel.ChannelConfig;
import io.lichen.core.net.channel.membership.MembershipOutcome;
import io.lichen.core.net.peer.PeerTable;
import io.lichen.core.work.Completions;
import io.lichen.crypto.ChannelName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The channels of a node, as the application sees them. */
final class ChannelCalls implements NetChannels {
  private final ChannelEngines engines;
  private final Publisher publisher;
  private final Subscriptions subscriptions;
  private final PeerTable peers;
  private final Wire wire;
  private final EngineTimers timers;
  private final Completions completions;
  private final AsyncLane lane;

  ChannelCalls(NetParts parts) {
    this.engines = parts.channelEngines;
    this.publisher = parts.publisher;
    this.subscriptions = parts.subscriptions;
    this.peers = parts.peers.table();
    this.wire = parts.wire;
    this.timers = parts.timers;
    this.completions = parts.completions;
    this.lane = parts.lane;
  }

  @Override
  public void register(String channel, ChannelConfig config) {
    ChannelName name = name(channel);
    registered(() -> engines.registry.put(name, config));
  }

  @Override
  public void registerPrefix(String prefix, ChannelConfig config) {
    registered(() -> engines.registry.putPrefix(prefix, config));
  }

  private static void registered(Runnable entry) {
    try {
      entry.run();
    } catch (IllegalStateException e) {
      throw new NetException(NetError.CHANNEL, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void unregister(String channel) {
    engines.registry.remove(name(channel));
  }

  @Override
  public void subscribe(
      long publisherId, String channel, byte @Nullable [] token, @Nullable String queueGroup) {
    var unused = wire.await(() -> subscribeAsync(publisherId, channel, token, queueGroup));
  }

  @Override
  public CompletableFuture<Void> subscribeAsync(
      long publisherId, String channel, byte @Nullable [] token, @Nullable String queueGroup) {
    ChannelName name;
    try {
      name = name(channel);
    } catch (NetException e) {
      return CompletableFuture.failedFuture(e);
    }
    byte[] chain = token == null ? null : token.clone();
    return asked(publisherId, name, done -> begin(publisherId, name, chain, queueGroup, done));
  }

  /** Events may come before the answer does: what they are is known from the question on. */
  private void begin(
      long publisherId,
      ChannelName name,
      byte @Nullable [] chain,
      @Nullable String queueGroup,
      Consumer<MembershipOutcome> done) {
    Subscriptions.Entry entry = subscriptions.asked(publisherId, name);
    if (entry == null) {
      done.accept(MembershipOutcome.TOO_MANY_CHANNELS);
      return;
    }
    Consumer<MembershipOutcome> noted =
        outcome -> {
          subscriptions.answered(publisherId, entry, outcome == MembershipOutcome.ACCEPTED);
          done.accept(outcome);
        };
    try {
      engines.requester.subscribe(publisherId, name, chain, queueGroup, wire.loop().nowNs(), noted);
    } catch (IllegalArgumentException e) {
      subscriptions.answered(publisherId, entry, false);
      throw e;
    }
  }

  @Override
  public void unsubscribe(long publisherId, String channel) {
    var unused = wire.await(() -> unsubscribeAsync(publisherId, channel));
  }

  @Override
  public CompletableFuture<Void> unsubscribeAsync(long publisherId, String channel) {
    ChannelName name;
    try {
      name = name(channel);
    } catch (NetException e) {
      return CompletableFuture.failedFuture(e);
    }
    return asked(
        publisherId,
        name,
        done -> {
          subscriptions.remove(publisherId, name);
          engines.requester.unsubscribe(publisherId, name, wire.loop().nowNs(), done);
        });
  }

  /** Asks a publisher, on the loop; the answer is told on a thread of the application's. */
  private CompletableFuture<Void> asked(
      long publisherId, ChannelName name, Consumer<Consumer<MembershipOutcome>> question) {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    Consumer<MembershipOutcome> told =
        outcome -> {
          if (outcome == MembershipOutcome.ACCEPTED) {
            completions.run(() -> answer.complete(null));
          } else {
            NetException refusal = refusal(outcome, publisherId, name);
            completions.run(() -> answer.completeExceptionally(refusal));
          }
        };
    boolean taken = wire.execute(() -> ask(publisherId, question, told, answer));
    if (!taken) {
      answer.completeExceptionally(NodeErrors.closed());
    }
    return answer;
  }

  private void ask(
      long publisherId,
      Consumer<Consumer<MembershipOutcome>> question,
      Consumer<MembershipOutcome> told,
      CompletableFuture<Void> answer) {
    if (peers.find(publisherId) == null) {
      told.accept(MembershipOutcome.PEER_GONE);
      return;
    }
    try {
      question.accept(told);
      timers.arm(wire.loop());
    } catch (IllegalArgumentException e) {
      completions.run(() -> answer.completeExceptionally(NodeErrors.of(e)));
    }
  }

  private static NetException refusal(
      MembershipOutcome outcome, long publisherId, ChannelName name) {
    NetError error =
        switch (outcome) {
          case UNAUTHORIZED, IDENTITY_NOT_ESTABLISHED -> NetError.CHANNEL_AUTH;
          case PEER_GONE -> NetError.MESH_NOT_CONNECTED;
          case TOO_MANY_PENDING -> NetError.MESH_BACKPRESSURE;
          default -> NetError.CHANNEL;
        };
    return new NetException(
        error,
        "node "
            + Long.toUnsignedString(publisherId)
            + " did not grant "
            + name.text()
            + ": "
            + outcome);
  }

  @Override
  public PublishReport publish(String channel, List<byte[]> events, PublishOptions options) {
    return publisher.publish(name(channel), events, options);
  }

  @Override
  public CompletableFuture<PublishReport> publishAsync(
      String channel, List<byte[]> events, PublishOptions options) {
    List<byte[]> copy = new ArrayList<>(events.size());
    events.forEach(event -> copy.add(event.clone()));
    return lane.submit(() -> publish(channel, copy, options));
  }

  @Override
  public SortedSet<String> registered() {
    return engines.registry.names();
  }

  @Override
  public Map<Long, SortedSet<String>> subscriptions() {
    return wire.call(subscriptions::granted);
  }

  @Override
  public Set<Long> subscribers(String channel) {
    ChannelName name = name(channel);
    return wire.call(() -> Set.copyOf(engines.roster.subscribers(name)));
  }

  private static ChannelName name(String text) {
    try {
      return ChannelName.of(text);
    } catch (IllegalArgumentException e) {
      throw new NetException(NetError.CHANNEL, String.valueOf(e.getMessage()), e);
    }
  }
}
