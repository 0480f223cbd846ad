// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.publish;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.PublishReceipt;
import io.lichen.core.moss.room.Channels;
import io.lichen.core.moss.runtime.channel.ChannelRoute;
import io.lichen.core.moss.runtime.channel.JoinedRoom;
import io.lichen.core.moss.runtime.channel.MessageKeeper;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.core.moss.wire.MessageIds;
import io.lichen.core.moss.wire.PublishCodec;
import io.lichen.gossipsub.PublishedMessage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes on the caller's thread: checks, seals, names and encodes there, waits at the gate, and
 * hands the result to the node's loop without waiting for it. Thread-safe.
 */
public final class Publisher {
  /**
   * A publish that has passed the checks.
   *
   * @param tracker who wants to know what becomes of it for each peer; null for nobody
   */
  public record Checked(ChannelRoute route, byte[] data, @Nullable PublishTracker tracker) {}

  private final byte[] senderId;
  private final int maxPayloadBytes;
  private final BooleanSupplier running;
  private final ChannelRoutes routes;
  private final PublishGate gate;
  private final PublishRing ring;
  private final PublishTrackers trackers;
  private final FreshPeers freshPeers;
  private final SelfDelivery selfDelivery;
  private final NodeCounters counters;
  private final AtomicLong sequence = new AtomicLong();

  /**
   * Makes one that has published nothing.
   *
   * @param maxPayloadBytes the largest payload on the wire
   */
  public Publisher(
      byte[] senderId,
      int maxPayloadBytes,
      BooleanSupplier running,
      ChannelRoutes routes,
      PublishGate gate,
      PublishRing ring,
      PublishTrackers trackers,
      FreshPeers freshPeers,
      SelfDelivery selfDelivery,
      NodeCounters counters) {
    this.senderId = senderId;
    this.maxPayloadBytes = maxPayloadBytes;
    this.running = running;
    this.routes = routes;
    this.gate = gate;
    this.ring = ring;
    this.trackers = trackers;
    this.freshPeers = freshPeers;
    this.selfDelivery = selfDelivery;
    this.counters = counters;
  }

  /** The largest payload of the application in this room, in bytes. */
  public int maxDataBytes(JoinedRoom room) {
    return Math.max(0, maxPayloadBytes - room.room().overheadBytes());
  }

  /**
   * Lets the numbers of messages go on from here, if they are not further. A log remembers messages
   * for longer than nodes do: those of a publisher that counted from 1 again, and said the same
   * again, would pass for copies.
   */
  public void countFrom(long number) {
    sequence.accumulateAndGet(number, Math::max);
  }

  /**
   * The checks, in the order of the natives (docs/wire/moss-mesh.md, "Return codes").
   *
   * @throws MossException {@link MossError#INVALID_CHANNEL}, {@link MossError#MESSAGE_TOO_LARGE},
   *     {@link MossError#NOT_STARTED} or {@link MossError#NOT_IN_ROOM}
   */
  public Checked check(
      JoinedRoom room, String channel, byte[] data, @Nullable PublishTracker tracker) {
    Channels.validate(channel);
    int maxDataBytes = maxDataBytes(room);
    if (data.length > maxDataBytes) {
      throw tooLarge(data.length, maxDataBytes + " bytes are the most that a receiver takes");
    }
    if (!running.getAsBoolean()) {
      throw new MossException(MossError.NOT_STARTED, "the node is not running");
    }
    room.requireJoined();
    return new Checked(routes.of(room, channel), data, tracker);
  }

  /**
   * Publishes if nothing is in the way; never waits.
   *
   * @return null if {@link #publish} would have had to wait
   * @throws MossException as {@link #publish} does
   */
  @Nullable PublishReceipt tryPublish(Checked checked) {
    ChannelRoute route = checked.route();
    if (!isOpen(route)) {
      return null;
    }
    expect(checked);
    PublishedMessage message = encode(route, checked.data());
    // Encoding takes its time: others may have filled the queues meanwhile.
    return isOpen(route) ? handOver(checked, message) : null;
  }

  private boolean isOpen(ChannelRoute route) {
    return route.targets() != null && !freshPeers.mayStillAnnounce(route) && gate.isOpen(route);
  }

  /**
   * Publishes; waits for congested peers.
   *
   * @throws MossException {@link MossError#MESSAGE_TOO_LARGE} if no peer's carrier takes it, {@link
   *     MossError#NO_PEERS} if there is no peer, {@link MossError#NOT_STARTED} if the node stops,
   *     {@link MossError#NOT_IN_ROOM} if it leaves the room meanwhile
   */
  public PublishReceipt publish(Checked checked) {
    ChannelRoute route = checked.route();
    routes.ensureTracked(route);
    PublishedMessage message = encode(route, checked.data());
    if (freshPeers.mayStillAnnounce(route)) {
      gate.awaitTargets(route, freshPeers);
    }
    expect(checked);
    gate.await(route);
    return handOver(checked, message);
  }

  private static void expect(Checked checked) {
    if (checked.tracker() != null) {
      checked.tracker().expect(checked.route().targets());
    }
  }

  private PublishReceipt handOver(Checked checked, PublishedMessage message) {
    ChannelRoute route = checked.route();
    int peers = reachable(route, message.encoded().length);
    route.room().requireJoined();
    keep(route, message, checked.data());
    boolean tracked = track(checked, message, peers);
    ring.add(message);
    counters.published.increment();
    counters.publishedBytes.add(checked.data().length);
    if (route.isSubscribed()) {
      selfDelivery.deliver(route, message);
    }
    if (peers == 0 && !tracked) {
      counters.publishedToNobody.increment();
      throw new MossException(
          MossError.NO_PEERS, "no connected peer is on channel '" + route.channel() + "'");
    }
    return new PublishReceipt(message.messageId(), peers);
  }

  private static void keep(ChannelRoute route, PublishedMessage message, byte[] data) {
    MessageKeeper keeper = route.keeper();
    if (keeper != null) {
      keeper.keepOwn(message, data);
    }
  }

  /** Peers that were there as the publish began are told of even if all of them have gone. */
  private boolean track(Checked checked, PublishedMessage message, int peers) {
    PublishTracker tracker = checked.tracker();
    if (tracker == null || (peers == 0 && !tracker.expectsAnyone())) {
      return false;
    }
    trackers.add(message, tracker);
    return true;
  }

  private PublishedMessage encode(ChannelRoute route, byte[] data) {
    byte[] payload = route.seal(data);
    long number = sequence.incrementAndGet();
    String id = MessageIds.publish(senderId, route.topic(), payload, number);
    return PublishCodec.message(route.topic(), id, number, senderId, payload);
  }

  private int reachable(ChannelRoute route, int lengthBytes) {
    PeerLink[] targets = route.targets();
    if (targets == null) {
      return 0;
    }
    int open = 0;
    int fitting = 0;
    for (PeerLink link : targets) {
      if (link.session().isOpen()) {
        open++;
        fitting += link.fits(lengthBytes) ? 1 : 0;
      }
    }
    if (open > 0 && fitting == 0) {
      throw tooLarge(lengthBytes, "no peer's carrier takes an envelope of that length");
    }
    return fitting;
  }

  private MossException tooLarge(int lengthBytes, String why) {
    counters.publishTooLarge.increment();
    return new MossException(
        MossError.MESSAGE_TOO_LARGE, lengthBytes + " bytes are too many: " + why);
  }
}
