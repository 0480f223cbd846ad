// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.delivery;

import io.lichen.core.net.DeliveryOptions;
import io.lichen.core.net.NetEvent;
import io.lichen.core.work.CallbackScope;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.StreamEvents;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The way of incoming events from the loop to their subscribers. */
public final class EventDelivery {
  /** Events that came in. */
  public final LongAdder received = new LongAdder();

  /** Their bytes. */
  public final LongAdder receivedBytes = new LongAdder();

  /** What became of them. */
  public final DeliveryCounters counters = new DeliveryCounters();

  private final Hub<NetEvent> hub;

  public EventDelivery(Executor executor, CallbackScope scope) {
    this.hub = new Hub<>("event", executor, scope, counters);
  }

  /** Events for subscribers whose queues are like this. */
  public Flow.Publisher<NetEvent> publisher(DeliveryOptions options) {
    return hub.publisher(options);
  }

  /** The events of a packet came in; loop only. */
  public void onEvents(NetSession session, StreamEvents events, @Nullable String channel) {
    received.add(events.count());
    if (events.count() == 0) {
      return;
    }
    if (hub.isEmpty()) {
      counters.unclaimed.add(events.count());
      return;
    }
    PacketEvents parcel = PacketEvents.copy(session, events, channel, hub.isBehind());
    receivedBytes.add(parcel.dataBytes());
    hub.offer(parcel);
    parcel.done();
  }

  /** What waits for subscribers, in bytes. */
  public long waitingBytes() {
    return hub.waitingBytes();
  }

  /** Completes all subscriptions, and those to come. */
  public void close() {
    hub.close();
  }
}
