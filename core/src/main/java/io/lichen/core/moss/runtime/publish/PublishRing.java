// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.publish;

import io.lichen.core.moss.runtime.work.LoopSignal;
import io.lichen.core.moss.runtime.work.MessageSizes;
import io.lichen.core.moss.runtime.work.NodeLoop;
import io.lichen.core.work.BoundedQueue;
import io.lichen.core.work.FaultGuard;
import io.lichen.gossipsub.GossipSub;
import io.lichen.gossipsub.PublishedMessage;
import java.util.ArrayDeque;

/**
 * Own messages on their way from the publishers to the node's loop, where the engine sends them on.
 * Bounded; publishers wait at the {@link PublishGate} while it is full.
 */
public final class PublishRing implements NodeLoop.Stage {
  /** Messages under way. */
  static final int MAX_MESSAGES = 2048;

  /** Their bytes. */
  static final long MAX_BYTES = 2L << 20;

  private final BoundedQueue<PublishedMessage> queue =
      new BoundedQueue<>(MAX_MESSAGES, MAX_BYTES, MessageSizes::of);
  private final LoopSignal loop;
  private ArrayDeque<PublishedMessage> spare = new ArrayDeque<>();
  private volatile Runnable onDrained = () -> {};
  private final GossipSub gossip;
  private final PublishTrackers trackers;
  private final FaultGuard faults;

  public PublishRing(
      LoopSignal loop, GossipSub gossip, PublishTrackers trackers, FaultGuard faults) {
    this.loop = loop;
    this.gossip = gossip;
    this.trackers = trackers;
    this.faults = faults;
  }

  /** Sets who is told after messages have been taken out. */
  public void onDrained(Runnable listener) {
    this.onDrained = listener;
  }

  /** Hands over a message; any thread. */
  void add(PublishedMessage message) {
    queue.add(message);
    loop.wake();
  }

  /** Whether publishers should wait. */
  public boolean isFull() {
    return queue.isFull();
  }

  /** Messages under way. */
  public long count() {
    return queue.count();
  }

  @Override
  public boolean run(long nowNs) {
    if (queue.isEmpty()) {
      return false;
    }
    ArrayDeque<PublishedMessage> messages = queue.takeAll(spare);
    for (PublishedMessage message : messages) {
      trackers.begin(message);
      try {
        gossip.publish(message, nowNs);
      } catch (RuntimeException e) {
        faults.report(e);
      }
      trackers.end(message);
      queue.consumed(message);
    }
    messages.clear();
    spare = messages;
    onDrained.run();
    return true;
  }

  @Override
  public boolean hasWork() {
    return !queue.isEmpty();
  }
}
