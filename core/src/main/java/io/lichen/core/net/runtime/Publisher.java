// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.core.net.NetError;
import io.lichen.core.net.NetException;
import io.lichen.core.net.PublishOptions;
import io.lichen.core.net.PublishReport;
import io.lichen.core.net.channel.PublishPlan;
import io.lichen.core.net.peer.Peer;
import io.lichen.core.net.peer.PeerTable;
import io.lichen.crypto.ChannelName;
import io.lichen.transport.net.EventBatch;
import io.lichen.transport.net.NetStream;
import io.lichen.transport.net.SendVerdict;
import io.lichen.transport.net.StreamOptions;
import io.lichen.transport.net.StreamOptions.WhenFull;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * The way of a publish to its subscribers. The loop says who they are; the sending, and the waiting
 * for those that have no room, is done on the publisher's thread. Thread-safe.
 */
final class Publisher {
  /** Each publish says itself whether it is reliable. */
  private static final StreamOptions STREAM =
      StreamOptions.ofFireAndForget().withWhenFull(WhenFull.FAIL);

  private static final long FIRST_PAUSE_NS = 100_000;
  private static final long MAX_PAUSE_NS = 20_000_000;

  /** Publishes, whoever subscribes. */
  final LongAdder published = new LongAdder();

  /** Copies that sessions took. */
  final LongAdder delivered = new LongAdder();

  /** Copies that were not sent. */
  final LongAdder failed = new LongAdder();

  /** Publishes that waited for a subscriber. */
  final LongAdder waits = new LongAdder();

  private final Wire wire;
  private final PeerTable peers;
  private final ChannelEngines engines;
  private final long originHash;

  /** Whom a publish goes to, and how. */
  private record Recipients(boolean reliable, List<Long> nodeIds) {}

  Publisher(Wire wire, PeerTable peers, ChannelEngines engines, long originHash) {
    this.wire = wire;
    this.peers = peers;
    this.engines = engines;
    this.originHash = originHash;
  }

  /** See {@link io.lichen.core.net.NetChannels#publish}. */
  PublishReport publish(ChannelName channel, List<byte[]> events, PublishOptions options) {
    try (EventBatch batch = pack(events)) {
      Recipients recipients = wire.call(() -> recipients(channel, options));
      published.increment();
      Map<Long, SendVerdict> errors = new HashMap<>();
      for (long nodeId : recipients.nodeIds) {
        note(nodeId, send(channel, nodeId, recipients.reliable, batch), errors);
      }
      if (options.whenFull() == WhenFull.BLOCK && errors.containsValue(SendVerdict.FULL)) {
        waitForRoom(channel, recipients.reliable, batch, options.maxWait(), errors);
      }
      failed.add(errors.size());
      delivered.add(recipients.nodeIds.size() - errors.size());
      return new PublishReport(recipients.nodeIds.size(), errors);
    }
  }

  private static EventBatch pack(List<byte[]> events) {
    try {
      return EventBatch.of(events);
    } catch (IllegalArgumentException e) {
      throw new NetException(NetError.MESH_TRANSPORT, String.valueOf(e.getMessage()), e);
    }
  }

  private Recipients recipients(ChannelName channel, PublishOptions options) {
    PublishPlan plan = engines.planner.plan(channel, wire.loop().nowNs(), ChannelEngines.nowSecs());
    switch (plan.verdict()) {
      case ALLOWED -> {}
      case DENIED ->
          throw new NetException(
              NetError.CHANNEL_AUTH, "this node may not publish on " + channel.text());
      case RATE_LIMITED ->
          throw new NetException(
              NetError.CHANNEL, channel.text() + " has had its publishes of this second");
    }
    List<Long> nodeIds = new ArrayList<>(plan.count());
    for (int i = 0; i < plan.count(); i++) {
      nodeIds.add(plan.recipient(i));
    }
    Boolean wanted = options.reliable();
    return new Recipients(wanted == null ? plan.reliable() : wanted, nodeIds);
  }

  private SendVerdict send(ChannelName channel, long nodeId, boolean reliable, EventBatch batch) {
    Peer peer = peers.find(nodeId);
    if (peer == null) {
      return SendVerdict.CLOSED;
    }
    NetStream stream = peer.session().stream(channel.publishStreamId(), STREAM);
    return stream.publish(reliable, channel.wireHash(), originHash, batch);
  }

  private static void note(long nodeId, SendVerdict verdict, Map<Long, SendVerdict> errors) {
    if (verdict == SendVerdict.SENT) {
      errors.remove(nodeId);
    } else {
      errors.put(nodeId, verdict);
    }
  }

  private void waitForRoom(
      ChannelName channel,
      boolean reliable,
      EventBatch batch,
      Duration maxWait,
      Map<Long, SendVerdict> errors) {
    waits.increment();
    long endNs = System.nanoTime() + maxWait.toNanos();
    long pauseNs = FIRST_PAUSE_NS;
    while (errors.containsValue(SendVerdict.FULL)
        && System.nanoTime() - endNs < 0
        && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(this, pauseNs);
      pauseNs = Math.min(2 * pauseNs, MAX_PAUSE_NS);
      for (long nodeId : List.copyOf(errors.keySet())) {
        if (errors.get(nodeId) == SendVerdict.FULL) {
          note(nodeId, send(channel, nodeId, reliable, batch), errors);
        }
      }
    }
  }
}
