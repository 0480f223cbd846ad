// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.wire;

import io.lichen.core.moss.wire.Envelope.OverlayContact;
import io.lichen.core.moss.wire.Envelope.OverlayProvider;
import java.util.List;

/** Collects the members of an {@link Envelope}; what is not given keeps its default. */
public final class EnvelopeBuilder {
  String type = "";
  String channel = "";
  String messageId = "";
  List<String> messageIds = List.of();
  long sequence;
  byte[] senderId = Envelope.NO_OCTETS;
  String relaySession = "";
  String relaySource = "";
  String relayTarget = "";
  byte[] relaySignature = Envelope.NO_OCTETS;
  String requestId = "";
  String coordStage = "";
  long coordAt;
  String observedAddress = "";
  String advertisedPeerId = "";
  String advertisedAddress = "";
  String advertisedNatType = "";
  boolean advertisedReachable;
  boolean advertisedRelayCapable;
  byte[] advertisedNoiseStatic = Envelope.NO_OCTETS;
  byte[] advertisedSignature = Envelope.NO_OCTETS;
  boolean reachable;
  byte[] payload = Envelope.NO_OCTETS;
  byte[] overlayKey = Envelope.NO_OCTETS;
  List<OverlayContact> overlayContacts = List.of();
  List<OverlayProvider> overlayProviders = List.of();

  EnvelopeBuilder() {}

  EnvelopeBuilder(Envelope envelope) {
    this.type = envelope.type();
    this.channel = envelope.channel();
    this.messageId = envelope.messageId();
    this.messageIds = envelope.messageIds();
    this.sequence = envelope.sequence();
    this.senderId = envelope.senderId();
    this.relaySession = envelope.relaySession();
    this.relaySource = envelope.relaySource();
    this.relayTarget = envelope.relayTarget();
    this.relaySignature = envelope.relaySignature();
    this.requestId = envelope.requestId();
    this.coordStage = envelope.coordStage();
    this.coordAt = envelope.coordAt();
    this.observedAddress = envelope.observedAddress();
    this.advertisedPeerId = envelope.advertisedPeerId();
    this.advertisedAddress = envelope.advertisedAddress();
    this.advertisedNatType = envelope.advertisedNatType();
    this.advertisedReachable = envelope.advertisedReachable();
    this.advertisedRelayCapable = envelope.advertisedRelayCapable();
    this.advertisedNoiseStatic = envelope.advertisedNoiseStatic();
    this.advertisedSignature = envelope.advertisedSignature();
    this.reachable = envelope.reachable();
    this.payload = envelope.payload();
    this.overlayKey = envelope.overlayKey();
    this.overlayContacts = envelope.overlayContacts();
    this.overlayProviders = envelope.overlayProviders();
  }

  /** Sets {@link Envelope#type}. */
  public EnvelopeBuilder type(String type) {
    this.type = type;
    return this;
  }

  /** Sets {@link Envelope#channel}. */
  public EnvelopeBuilder channel(String channel) {
    this.channel = channel;
    return this;
  }

  /** Sets {@link Envelope#messageId}. */
  public EnvelopeBuilder messageId(String messageId) {
    this.messageId = messageId;
    return this;
  }

  /** Sets {@link Envelope#messageIds}. */
  public EnvelopeBuilder messageIds(List<String> messageIds) {
    this.messageIds = messageIds;
    return this;
  }

  /** Sets {@link Envelope#sequence}. */
  public EnvelopeBuilder sequence(long sequence) {
    this.sequence = sequence;
    return this;
  }

  /** Sets {@link Envelope#senderId}. */
  public EnvelopeBuilder senderId(byte[] senderId) {
    this.senderId = senderId;
    return this;
  }

  /** Sets {@link Envelope#relaySession}. */
  public EnvelopeBuilder relaySession(String relaySession) {
    this.relaySession = relaySession;
    return this;
  }

  /** Sets {@link Envelope#relaySource}. */
  public EnvelopeBuilder relaySource(String relaySource) {
    this.relaySource = relaySource;
    return this;
  }

  /** Sets {@link Envelope#relayTarget}. */
  public EnvelopeBuilder relayTarget(String relayTarget) {
    this.relayTarget = relayTarget;
    return this;
  }

  /** Sets {@link Envelope#relaySignature}. */
  public EnvelopeBuilder relaySignature(byte[] relaySignature) {
    this.relaySignature = relaySignature;
    return this;
  }

  /** Sets {@link Envelope#requestId}. */
  public EnvelopeBuilder requestId(String requestId) {
    this.requestId = requestId;
    return this;
  }

  /** Sets {@link Envelope#coordStage}. */
  public EnvelopeBuilder coordStage(String coordStage) {
    this.coordStage = coordStage;
    return this;
  }

  /** Sets {@link Envelope#coordAt}. */
  public EnvelopeBuilder coordAt(long coordAt) {
    this.coordAt = coordAt;
    return this;
  }

  /** Sets {@link Envelope#observedAddress}. */
  public EnvelopeBuilder observedAddress(String observedAddress) {
    this.observedAddress = observedAddress;
    return this;
  }

  /** Sets {@link Envelope#advertisedPeerId}. */
  public EnvelopeBuilder advertisedPeerId(String advertisedPeerId) {
    this.advertisedPeerId = advertisedPeerId;
    return this;
  }

  /** Sets {@link Envelope#advertisedAddress}. */
  public EnvelopeBuilder advertisedAddress(String advertisedAddress) {
    this.advertisedAddress = advertisedAddress;
    return this;
  }

  /** Sets {@link Envelope#advertisedNatType}. */
  public EnvelopeBuilder advertisedNatType(String advertisedNatType) {
    this.advertisedNatType = advertisedNatType;
    return this;
  }

  /** Sets {@link Envelope#advertisedReachable}. */
  public EnvelopeBuilder advertisedReachable(boolean advertisedReachable) {
    this.advertisedReachable = advertisedReachable;
    return this;
  }

  /** Sets {@link Envelope#advertisedRelayCapable}. */
  public EnvelopeBuilder advertisedRelayCapable(boolean advertisedRelayCapable) {
    this.advertisedRelayCapable = advertisedRelayCapable;
    return this;
  }

  /** Sets {@link Envelope#advertisedNoiseStatic}. */
  public EnvelopeBuilder advertisedNoiseStatic(byte[] advertisedNoiseStatic) {
    this.advertisedNoiseStatic = advertisedNoiseStatic;
    return this;
  }

  /** Sets {@link Envelope#advertisedSignature}. */
  public EnvelopeBuilder advertisedSignature(byte[] advertisedSignature) {
    this.advertisedSignature = advertisedSignature;
    return this;
  }

  /** Sets {@link Envelope#reachable}. */
  public EnvelopeBuilder reachable(boolean reachable) {
    this.reachable = reachable;
    return this;
  }

  /** Sets {@link Envelope#payload}. */
  public EnvelopeBuilder payload(byte[] payload) {
    this.payload = payload;
    return this;
  }

  /** Sets {@link Envelope#overlayKey}. */
  public EnvelopeBuilder overlayKey(byte[] overlayKey) {
    this.overlayKey = overlayKey;
    return this;
  }

  /** Sets {@link Envelope#overlayContacts}. */
  public EnvelopeBuilder overlayContacts(List<OverlayContact> overlayContacts) {
    this.overlayContacts = overlayContacts;
    return this;
  }

  /** Sets {@link Envelope#overlayProviders}. */
  public EnvelopeBuilder overlayProviders(List<OverlayProvider> overlayProviders) {
    this.overlayProviders = overlayProviders;
    return this;
  }

  /** The envelope. */
  public Envelope build() {
    return new Envelope(
        type,
        channel,
        messageId,
        List.copyOf(messageIds),
        sequence,
        senderId,
        relaySession,
        relaySource,
        relayTarget,
        relaySignature,
        requestId,
        coordStage,
        coordAt,
        observedAddress,
        advertisedPeerId,
        advertisedAddress,
        advertisedNatType,
        advertisedReachable,
        advertisedRelayCapable,
        advertisedNoiseStatic,
        advertisedSignature,
        reachable,
        payload,
        overlayKey,
        List.copyOf(overlayContacts),
        List.copyOf(overlayProviders));
  }
}
