// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.inbound;

import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.runtime.peer.SessionBudgets;
import io.lichen.core.moss.runtime.publish.PublishGate;
import io.lichen.core.moss.runtime.topic.MossTopics;
import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeException;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.core.moss.wire.GossipEnvelopes;
import io.lichen.core.moss.wire.MessageIdCheck;
import io.lichen.core.moss.wire.PublishCodec;
import io.lichen.core.work.LogLimiter;
import io.lichen.core.work.TokenBucket;
import io.lichen.gossipsub.GossipMessage;
import io.lichen.transport.moss.CloseReason;
import io.lichen.transport.moss.SessionHandler;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door of one session: turns packets into checked items on the session's event loop, answers at
 * once what needs no state of the node, and hands the rest to the node's loop by the batch.
 */
public final class SessionInbound implements SessionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(SessionInbound.class);

  /**
   * What all sessions of a node share.
   *
   * @param maxPayloadBytes the largest payload of a publish
   * @param topics where frames of durable topics go
   */
  public record Door(
      InboundQueue queue,
      PublishGate gate,
      NodeCounters counters,
      LogLimiter badEnvelopeLog,
      LongSupplier clockNs,
      long maxPayloadBytes,
      MossTopics topics) {}

  private final PeerLink link;
  private final Door door;
  private final NodeCounters counters;
  private final TokenBucket announces;
  private final StatInbound statistics;
  private final TokenBucket overlay;
  private final TokenBucket topics;
  private final TokenBucket nat;
  private final MessageIdCheck ids = new MessageIdCheck();
  private InboundBatch batch;
  private boolean refused;

  public SessionInbound(PeerLink link, Door door) {
    this.link = link;
    this.door = door;
    this.counters = door.counters();
    long nowNs = door.clockNs().getAsLong();
    this.announces = SessionBudgets.announcements(nowNs);
    this.overlay = SessionBudgets.overlay(nowNs);
    this.topics = SessionBudgets.topics(nowNs);
    this.nat = SessionBudgets.nat(nowNs);
    this.statistics = new StatInbound(counters, door.maxPayloadBytes(), nowNs);
    this.batch = new InboundBatch(link);
  }

  @Override
  public void onPacket(byte[] buffer, int offset, int length) {
    if (refused) {
      return;
    }
    Envelope envelope;
    try {
      envelope = EnvelopeCodec.decode(buffer, offset, length);
    } catch (EnvelopeException e) {
      refuse(e);
      return;
    }
    EnvelopeType type = EnvelopeType.of(envelope.type());
    if (type == EnvelopeType.PUBLISH) {
      onPublish(envelope, buffer, offset, length);
    } else if (type == null) {
      counters.ignoredEnvelopes.increment();
    } else {
      onOther(type, envelope, length);
    }
  }

  @Override
  public void onBatchComplete() {
    if (batch.size() > 0) {
      InboundBatch full = batch;
      batch = new InboundBatch(link);
      door.queue().add(full);
    }
  }

  @Override
  public void onWritable() {
    door.gate().signal();
  }

  @Override
  public void onClosed(CloseReason reason) {
    counters.sessionsClosed(reason).increment();
    batch.add(new InboundItem.Closed(reason), 0);
    onBatchComplete();
    door.gate().signal();
  }

  private void onPublish(Envelope envelope, byte[] buffer, int offset, int length) {
    counters.messagesReceived.increment();
    counters.messagesReceivedBytes.add(length);
    if (envelope.channel().isEmpty()
        || envelope.messageId().isEmpty()
        || envelope.payload().length > door.maxPayloadBytes()) {
      counters.badPublishes.increment();
      batch.add(InboundItem.Invalid.INSTANCE, 0);
      return;
    }
    if (ids.isForged(envelope)) {
      counters.forgedIds.increment();
      batch.add(new InboundItem.Forged(envelope.channel(), envelope.messageId()), 0);
      return;
    }
    batch.add(
        new InboundItem.Publish(PublishCodec.received(envelope, buffer, offset, length)), length);
  }

  private void onOther(EnvelopeType type, Envelope envelope, int length) {
    switch (type) {
      case PING -> answer(Envelope.of(EnvelopeType.PONG).requestId(envelope.requestId()).build());
      case PONG ->
          batch.add(new InboundItem.Pong(envelope.requestId(), door.clockNs().getAsLong()), length);
      case BINDING_REQUEST -> onBindingRequest(envelope);
      case PEER_ANNOUNCE, SUPERNODE_ANNOUNCE, SUPERNODE_REVOKE -> onAnnouncement(envelope, length);
      case STAT_DELTA -> onStatistics(envelope, length);
      case OV_FIND_NODE, OV_FIND_VALUE, OV_NODES, OV_VALUES, OV_STORE ->
          onOverlay(type, envelope, length);
      case LICHEN_TOPIC -> onTopic(envelope);
      case BINDING_RESPONSE,
          REACHABILITY_REQUEST,
          REACHABILITY_RESPONSE,
          HOLE_PUNCH_COORD,
          RELAY_REQUEST,
          RELAY_ACCEPT,
          RELAY_CLOSE ->
          onNatControl(type, envelope, length);
      // Relays have a bucket of their own for it, which counts octets.
      case RELAY_DATA -> batch.add(new InboundItem.NatControl(type, envelope), length);
      default -> {
        GossipMessage message = GossipEnvelopes.toMessage(type, envelope);
        if (message == null) {
          counters.ignoredEnvelopes.increment();
        } else {
          batch.add(new InboundItem.Control(message), length);
        }
      }
    }
  }

  private void onBindingRequest(Envelope envelope) {
    if (!BindingAnswer.isWanted(envelope)) {
      return;
    }
    if (!nat.take(door.clockNs().getAsLong())) {
      counters.natThrottled.increment();
      return;
    }
    answer(BindingAnswer.to(envelope, link.address()));
  }

  private void onNatControl(EnvelopeType type, Envelope envelope, int length) {
    if (nat.take(door.clockNs().getAsLong())) {
      batch.add(new InboundItem.NatControl(type, envelope), length);
    } else {
      counters.natThrottled.increment();
    }
  }

  private void onAnnouncement(Envelope envelope, int length) {
    if (announces.take(door.clockNs().getAsLong())) {
      batch.add(new InboundItem.Announcement(envelope), length);
    } else {
      counters.announcesThrottled.increment();
    }
  }

  private void onStatistics(Envelope envelope, int length) {
    InboundItem item = statistics.read(envelope, door.clockNs().getAsLong());
    if (item != null) {
      batch.add(item, length);
    }
  }

  private void onOverlay(EnvelopeType type, Envelope envelope, int length) {
    if (overlay.take(door.clockNs().getAsLong())) {
      batch.add(new InboundItem.Overlay(type, envelope), length);
    } else {
      counters.overlayThrottled.increment();
    }
  }

  private void onTopic(Envelope envelope) {
    if (topics.take(door.clockNs().getAsLong())) {
      door.topics().onFrame(link, envelope.payload());
    } else {
      door.topics().droppedFrames().increment();
    }
  }

  private void answer(Envelope envelope) {
    link.control(EnvelopeCodec.encode(envelope));
  }

  /** What follows on the same session is not looked at any more. */
  private void refuse(EnvelopeException e) {
    refused = true;
    counters.badEnvelopes.increment();
    if (door.badEnvelopeLog().permits()) {
      LOG.warn(
          "Closed the session with {} at {}: {} ({} similar lines held back)",
          link.peer(),
          link.address(),
          e.getMessage(),
          door.badEnvelopeLog().takeSuppressed());
    }
    batch.add(InboundItem.Invalid.INSTANCE, 0);
    link.session().close(CloseReason.BAD_ENVELOPE);
  }
}
