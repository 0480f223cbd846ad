// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.exchange;

import io.lichen.core.moss.runtime.dial.KnownPeer;
import io.lichen.core.moss.runtime.dial.KnownPeers;
import io.lichen.core.moss.runtime.dial.PeerFinder;
import io.lichen.core.moss.runtime.peer.AnnounceOutbox;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.runtime.peer.PeerTable;
import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.core.moss.runtime.work.NodeLoop;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.core.moss.wire.PeerAnnouncement;
import io.lichen.crypto.PeerId;
import io.lichen.gossipsub.GossipSub;
import io.lichen.nat.profile.AddressRank;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells peers of each other (docs/wire/moss-mesh.md, "Peer exchange"): introduces this node, sends
 * what it knows to whoever joins, takes what others say if it is signed, and passes news on. The
 * node's loop only.
 */
public final class PeerExchange {
  /** Peers of whom a new peer is told. */
  static final int SNAPSHOT_PEERS = 128;

  /** How long a newcomer is told of nobody because the application still thinks about it. */
  static final long OPINION_NS = 1_000_000_000L;

  /**
   * What it speaks to.
   *
   * @param executor where signatures are verified
   * @param opinionAwaited whether the score of a peer may be another in a moment, because the
   *     application has just been asked for the first time
   */
  public record Parts(
      PeerId localId,
      PeerTable peers,
      KnownPeers known,
      GossipSub gossip,
      Predicate<PeerId> opinionAwaited,
      NodeLoop loop,
      Executor executor,
      LongSupplier clockNs,
      NodeCounters counters) {}

  private final Parts parts;
  private final NodeCounters counters;
  private final AnnouncementVerifier verifier;
  private Supplier<byte[]> introduction = () -> new byte[0];
  private byte[] lastIntroduction = {};

  public PeerExchange(Parts parts) {
    this.parts = parts;
    this.counters = parts.counters();
    this.verifier = new AnnouncementVerifier(parts.executor(), parts.loop(), this::onVerified);
  }

  /** Sets how this node introduces itself: its own encoded announcement, as it is now. */
  public void introduction(Supplier<byte[]> encoded) {
    this.introduction = encoded;
  }

  /** Introduces this node to a new peer at once, and others at the pace that it bears. */
  public void introduce(PeerLink link, long nowNs) {
    lastIntroduction = introduction.get();
    link.control(lastIntroduction);
    AnnounceOutbox outbox = link.announcements();
    outbox.bypassed(nowNs);
    if (!isTrusted(link)) {
      return;
    }
    for (KnownPeer known : parts.known().tellable(SNAPSHOT_PEERS, link.peer())) {
      byte[] encoded = known.encoded();
      if (encoded != null) {
        outbox.add(EnvelopeType.PEER_ANNOUNCE, known.id(), encoded);
      }
      PeerAnnouncement status = known.status();
      if (status != null && status.relayCapable()) {
        outbox.add(status.type(), known.id(), EnvelopeCodec.encode(status.toEnvelope()));
      }
    }
  }

  /** A peer has told of somebody; not verified yet. */
  public void received(PeerLink from, Envelope envelope, long nowNs) {
    PeerAnnouncement said = PeerAnnouncement.of(envelope).orElse(null);
    if (said == null) {
      counters.announcesInvalid.increment();
      return;
    }
    if (said.peer().equals(parts.localId())) {
      return;
    }
    KnownPeer known = parts.known().get(said.peer());
    if (known != null && !known.isNews(said)) {
      if (mayDial(from, said)) {
        known.confirmDialable();
      }
      return;
    }
    if (!isBelievable(from, said, known, nowNs) || !verifier.submit(from, said)) {
      counters.announcesRefused.increment();
    }
  }

  /** Sends what waits and may be sent; to be called a few times a second. */
  public void drain(long nowNs) {
    for (PeerLink link : parts.peers().all()) {
      if (!isTrusted(link)) {
        link.announcements().clear();
      } else if (!isBeingJudged(link, nowNs)) {
        link.announcements().drain(nowNs, link::control);
      }
    }
  }

  /** Makes up for what had to wait; to be called about every second. */
  public void catchUp(long nowNs) {
    for (KnownPeer known : parts.known().all()) {
      PeerId from = known.takeOwed(nowNs);
      byte[] encoded = known.encoded();
      if (from != null && encoded != null) {
        passOn(EnvelopeType.PEER_ANNOUNCE, known.id(), encoded, from);
      }
    }
  }

  /** Tells all peers if this node has another address than last; to be called now and then. */
  public void refreshOwn() {
    byte[] now = introduction.get();
    if (lastIntroduction.length > 0 && !Arrays.equals(now, lastIntroduction)) {
      passOn(EnvelopeType.PEER_ANNOUNCE, parts.localId(), now, null);
    }
    lastIntroduction = now;
  }

  /** Tells all peers, as soon as they bear it, what this node has signed about relaying. */
  public void tellOwnStatus(EnvelopeType type, byte[] encoded) {
    passOn(type, parts.localId(), encoded, null);
  }

  private static boolean isBelievable(
      PeerLink from, PeerAnnouncement said, @Nullable KnownPeer known, long nowNs) {
    if (AddressRank.isLoopback(said.address()) && !AddressRank.isLoopback(from.address())) {
      return false;
    }
    return known == null || isOwnWord(from, said) || known.takesHearsay(said, nowNs);
  }

  private static boolean isOwnWord(PeerLink from, PeerAnnouncement said) {
    return from.peer().equals(said.peer());
  }

  private void onVerified(PeerLink from, PeerAnnouncement said, boolean signed) {
    long nowNs = parts.clockNs().getAsLong();
    if (!signed) {
      refuse(from, said);
      return;
    }
    KnownPeer known = parts.known().heardOf(said.peer(), from.peer());
    // The same may have come from somebody else while the signature was looked at.
    if (!known.isNews(said) || !isBelievable(from, said, known, nowNs)) {
      return;
    }
    boolean fresh = known.address() == null;
    if (!known.announced(said, mayDial(from, said), nowNs)) {
      return;
    }
    if (fresh) {
      known.backoff().holdUntil(nowNs + PeerFinder.courtesyNs(parts.localId(), said.peer()));
    }
    if (known.takePassOn(said.type(), nowNs)) {
      passOn(said.type(), said.peer(), EnvelopeCodec.encode(said.toEnvelope()), from.peer());
    } else if (said.type() == EnvelopeType.PEER_ANNOUNCE) {
      known.owe(from.peer());
    }
  }

  /** Natives pass peers on with a signature that no longer fits; a supernode's they do not. */
  private void refuse(PeerLink from, PeerAnnouncement said) {
    counters.announcesInvalid.increment();
    if (said.type() != EnvelopeType.PEER_ANNOUNCE && parts.peers().contains(from.peer())) {
      parts.gossip().penalizeInvalid(from.peer());
    }
  }

  /** A stranger's word is enough for an address that everybody can dial, or near the stranger. */
  private static boolean mayDial(PeerLink from, PeerAnnouncement said) {
    AddressRank rank = AddressRank.of(said.address());
    return isOwnWord(from, said)
        || rank == AddressRank.PUBLIC
        || AddressRank.isSameHost(said.address(), from.address())
        || (rank == AddressRank.PRIVATE && AddressRank.of(from.address()) == rank);
  }

  private void passOn(EnvelopeType type, PeerId about, byte[] encoded, @Nullable PeerId from) {
    for (PeerLink link : parts.peers().all()) {
      boolean needsIt = !link.peer().equals(from) && !link.peer().equals(about);
      if (needsIt && isTrusted(link) && !link.announcements().add(type, about, encoded)) {
        counters.announcesDropped.increment();
      }
    }
  }

  private boolean isBeingJudged(PeerLink link, long nowNs) {
    return nowNs - link.registeredNs() < OPINION_NS && parts.opinionAwaited().test(link.peer());
  }

  private boolean isTrusted(PeerLink link) {
    return parts.gossip().score(link.peer()) >= 0;
  }
}
