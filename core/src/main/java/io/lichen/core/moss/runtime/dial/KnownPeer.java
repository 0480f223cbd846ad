// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.dial;

import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.core.moss.wire.PeerAnnouncement;
import io.lichen.crypto.PeerId;
import io.lichen.nat.profile.AddressRank;
import io.lichen.nat.profile.NatType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the node remembers of one peer. Three sources, in the order in which they count: a handshake
 * with it, its own word over a session with it, and what others pass on of what it signed. The
 * node's loop only.
 */
public final class KnownPeer {
  /** How soon one subject may change by hearsay, or is passed on again, for each type. */
  static final long COOLDOWN_NS = 10_000_000_000L;

  private final PeerId id;
  private @Nullable PeerId introducer;
  private boolean connected;
  private boolean lostThroughRelay;
  private @Nullable String metAt;
  private byte @Nullable [] noiseStatic;

  private @Nullable PeerAnnouncement announcement;
  private byte @Nullable [] encoded;
  private boolean dialable;
  private @Nullable PeerAnnouncement status;

  private final Map<EnvelopeType, Long> changedNs = new EnumMap<>(EnvelopeType.class);
  private final Map<EnvelopeType, Long> passedOnNs = new EnumMap<>(EnvelopeType.class);
  private @Nullable PeerId owedFrom;
  private final DialBackoff backoff = new DialBackoff();

  /**
   * Makes one.
   *
   * @param introducer who told of it first; {@code null} if it was met
   */
  public KnownPeer(PeerId id, @Nullable PeerId introducer) {
    this.id = id;
    this.introducer = introducer;
  }

  /** Who it is. */
  public PeerId id() {
    return id;
  }

  /** Who told of it, as long as it has not been met. */
  @Nullable PeerId introducer() {
    return introducer;
  }

  /** Whether there is a session with it. */
  boolean isConnected() {
    return connected;
  }

  /** Whether a handshake with it was ever made. */
  boolean isMet() {
    return introducer == null;
  }

  /** When it may be dialled. */
  public DialBackoff backoff() {
    return backoff;
  }

  /** A handshake has been made; {@code address} only where it leads back to the peer. */
  public void met(byte[] key, @Nullable String address) {
    introducer = null;
    connected = true;
    noiseStatic = key;
    if (address != null) {
      metAt = address;
    }
    backoff.ended();
  }

  /** Its session has ended. */
  public void left() {
    connected = false;
  }

  /** Its session has ended, and no other took its place. */
  void lost(boolean relayed) {
    lostThroughRelay = relayed;
  }

  /** Whether a relay led to it when it was lost: it seems that no direct path does. */
  public boolean wasRelayed() {
    return lostThroughRelay;
  }

  /** Somebody says the same as it did, for whom its address can be dialled. */
  public void confirmDialable() {
    dialable |= announcement != null;
  }

  /** A dial has failed: what was true of its place may be so no longer. */
  void dialFailed() {
    if (announcement != null && !announcement.address().equals(metAt)) {
      metAt = null;
    }
  }

  /** Where to dial it; {@code null} if nobody knows. */
  public @Nullable String address() {
    if (metAt != null) {
      return metAt;
    }
    return announcement != null ? announcement.address() : null;
  }

  /** All addresses at which it might be dialled, the best first. */
  public List<String> addresses() {
    List<String> all = new ArrayList<>();
    for (String address : new String[] {metAt, addressOf(announcement), addressOf(status)}) {
      if (address != null && !all.contains(address)) {
        all.add(address);
      }
    }
    return all;
  }

  private static @Nullable String addressOf(@Nullable PeerAnnouncement said) {
    return said == null ? null : said.address();
  }

  /** What it is behind, as far as it has signed that. */
  public NatType natType() {
    NatType type = status == null ? null : NatType.of(status.natType());
    return type == null ? NatType.UNKNOWN : type;
  }

  /** Whether it has signed that everybody can reach it. */
  public boolean isReachable() {
    return status != null && status.reachable();
  }

  /** Its Noise static key. */
  byte @Nullable [] noiseStatic() {
    return noiseStatic;
  }

  /** Whether dialling it is more than doing a stranger's bidding. */
  boolean isDialable() {
    return !connected && address() != null && (metAt != null || dialable);
  }

  /** What it last signed about itself, ready to be sent; {@code null} if nothing came. */
  public byte @Nullable [] encoded() {
    return encoded;
  }

  /** What it last signed about relaying. */
  public @Nullable PeerAnnouncement status() {
    return status;
  }

  /** Whether it has shown that it relays, and can be reached. */
  public boolean isRelay() {
    return status != null && status.relayCapable() && status.reachable();
  }

  /** Whether this says anything that it has not said before. */
  public boolean isNews(PeerAnnouncement said) {
    PeerAnnouncement former = said.type() == EnvelopeType.PEER_ANNOUNCE ? announcement : status;
    return former == null
        || former.type() != said.type()
        || !former.address().equals(said.address())
        || !former.natType().equals(said.natType())
        || former.reachable() != said.reachable()
        || !Arrays.equals(former.noiseStatic(), said.noiseStatic());
  }

  /**
   * Whether hearsay may change it: not while it can speak for itself, not against what it has said
   * itself or what was learnt first as long as that has not failed, and not in quick succession. So
   * whoever replays what was signed long ago changes nothing that works.
   */
  public boolean takesHearsay(PeerAnnouncement said, long nowNs) {
    if (connected) {
      return false;
    }
    Long last = changedNs.get(said.type());
    boolean cooled = last == null || nowNs - last >= COOLDOWN_NS;
    if (said.type() != EnvelopeType.PEER_ANNOUNCE) {
      return cooled;
    }
    return announcement == null || (cooled && backoff.failures() > 0);
  }

  /**
   * It has signed this.
   *
   * @param mayDial whether its address may be dialled on this word
   * @return whether others should be told
   */
  public boolean announced(PeerAnnouncement said, boolean mayDial, long nowNs) {
    changedNs.put(said.type(), nowNs);
    if (said.type() != EnvelopeType.PEER_ANNOUNCE) {
      status = said;
      return true;
    }
    PeerAnnouncement former = announcement;
    announcement = said;
    encoded = EnvelopeCodec.encode(said.toEnvelope());
    dialable = mayDial;
    if (introducer != null && said.noiseStatic().length > 0) {
      noiseStatic = said.noiseStatic();
    }
    // Ports change with every mapping of a NAT; nobody can dial those.
    return former == null
        || !AddressRank.isSameHost(former.address(), said.address())
        || !Arrays.equals(former.noiseStatic(), said.noiseStatic());
  }

  /** Whether what it said may be passed on now; answering yes counts as doing so. */
  public boolean takePassOn(EnvelopeType type, long nowNs) {
    Long last = passedOnNs.get(type);
    if (last != null && nowNs - last < COOLDOWN_NS) {
      return false;
    }
    passedOnNs.put(type, nowNs);
    return true;
  }

  /** It could not be passed on yet; remembered from whom it came. */
  public void owe(PeerId from) {
    owedFrom = from;
  }

  /** From whom came what is still to be passed on and may be now; asking settles it. */
  public @Nullable PeerId takeOwed(long nowNs) {
    PeerId from = owedFrom;
    if (from == null || !takePassOn(EnvelopeType.PEER_ANNOUNCE, nowNs)) {
      return null;
    }
    owedFrom = null;
    return from;
  }
}
