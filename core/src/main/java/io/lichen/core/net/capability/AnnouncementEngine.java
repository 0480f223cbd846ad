// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

import io.lichen.core.net.table.FairTable;
import io.lichen.core.net.wire.CapabilityAnnouncement;
import io.lichen.core.net.wire.NetWireException;
import io.lichen.core.net.wire.ReflexAddress;
import io.lichen.core.work.TokenBucket;
import io.lichen.crypto.entity.EntityKeyPair;
import io.netty.buffer.ByteBuf;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One node's part in telling what nodes have: announces its own, takes those of others, passes them
 * on, and keeps an index to be searched (docs/wire/net-capabilities.md). Deterministic given the
 * times. Not thread-safe: it belongs to the node's loop; signatures are verified elsewhere.
 *
 * <p>{@code nowNs} is a monotonic time, {@code unixNs} the wall clock, both in nanoseconds.
 */
public final class AnnouncementEngine {
  /** Signatures being looked at. */
  public static final int MAX_PENDING = 512;

  /** Of those, from one peer. */
  static final int MAX_PENDING_OF_PEER = 128;

  private static final long SWEEP_NS = 10_000_000_000L;

  private record Key(long node, long version, boolean isDirect) {}

  private static final class Peer {
    final TokenBucket budget;
    int pending;

    Peer(TokenBucket budget) {
      this.budget = budget;
    }
  }

  private final long self;
  private final AnnouncementSettings settings;
  private final AnnouncementOutput output;
  private final OwnAnnouncement own;
  private final AnnounceTimer timer;
  private final CapabilityIndex index;
  private final Map<Long, Peer> peers = new LinkedHashMap<>();
  private final FairTable<Key, Long> seen;
  private final Set<Verification> pending = new HashSet<>();
  private final Map<AnnouncementDrop, Long> dropped = new EnumMap<>(AnnouncementDrop.class);
  private long nextSweepNs;
  private int changes;
  private long received;
  private long accepted;
  private long forwarded;
  private long sent;

  /** Makes the part of a node that has no peers and has announced nothing. */
  public AnnouncementEngine(
      EntityKeyPair keys,
      AnnouncementSettings settings,
      AnnouncementOutput output,
      long nowNs,
      long unixNs) {
    this.self = keys.id().nodeId();
    this.settings = settings;
    this.output = output;
    this.own = new OwnAnnouncement(keys, settings, unixNs);
    this.timer = new AnnounceTimer(settings);
    this.index = new CapabilityIndex(self, settings.maxNodes());
    this.seen = new FairTable<>(settings.maxSeen());
    this.nextSweepNs = nowNs + SWEEP_NS;
  }

  /**
   * Announces what this node has: to this node's own index at once, to all peers as soon as the
   * last announcement is old enough.
   *
   * @throws IllegalArgumentException if it does not fit into one event; nothing has changed then
   */
  public void announce(CapabilitySet has, long nowNs, long unixNs) {
    own.setBaseline(has, unixNs);
    built(nowNs);
  }

  /** Says which services are served, from a tenth of a second on, if anything was announced. */
  public void setServices(Set<String> names, long nowNs) {
    own.setServices(names);
    if (own.exists()) {
      timer.changed(nowNs);
    }
  }

  /**
   * Says what this node is behind, from a tenth of a second on and a second after the last
   * announcement at the latest, if anything was announced.
   *
   * @param natTags {@code nat:} and a class, and what else is to be said of that
   * @param seenAt where others see it; {@code null} if it does not know
   */
  @SuppressWarnings("exports") // the engine is no part of the API
  public void setNat(Collection<String> natTags, @Nullable ReflexAddress seenAt, long nowNs) {
    own.setNat(natTags, seenAt);
    if (own.exists()) {
      timer.urgent(nowNs);
    }
  }

  /** A peer has a session, a new one, or is heard of again after it had failed. */
  public void peerUp(long peer, long nowNs) {
    peers.put(peer, new Peer(new TokenBucket(settings.burst(), settings.perSecond(), nowNs)));
    // It may have been restarted, and say again what it said before.
    forgetSeen(peer);
    index.show(peer);
    byte[] announcement = own.encoded();
    if (announcement != null) {
      output.send(peer, announcement);
      sent++;
    }
  }

  /**
   * A peer has failed: what it has is not found until it is up again, or another peer tells of it.
   * It does not say it again by itself if it never missed us.
   */
  public void peerFailed(long peer) {
    index.hide(peer);
    forgetSeen(peer);
  }

  /** A peer is gone; what it has is forgotten. */
  public void peerDown(long peer) {
    peers.remove(peer);
    index.remove(peer);
    forgetSeen(peer);
  }

  /** An event of subprotocol 0x0C00 has come from a peer; it is not kept. */
  public void onAnnouncement(long sender, ByteBuf event, long nowNs) {
    received++;
    Peer peer = peers.get(sender);
    if (peer == null) {
      drop(AnnouncementDrop.STRANGER);
    } else if (!peer.budget.take(nowNs)) {
      drop(AnnouncementDrop.FLOOD);
    } else {
      try {
        check(sender, peer, CapabilityAnnouncement.decode(event), nowNs);
      } catch (NetWireException e) {
        drop(AnnouncementDrop.MALFORMED);
      }
    }
  }

  /** A signature has been looked at. */
  public void onVerified(Verification job, boolean isSigned, long nowNs) {
    Peer peer = peers.get(job.sender());
    if (!pending.remove(job) || peer == null) {
      drop(AnnouncementDrop.STRANGER);
      return;
    }
    peer.pending = Math.max(0, peer.pending - 1);
    if (isSigned) {
      accept(job.sender(), job.said(), nowNs);
    } else {
      drop(AnnouncementDrop.BAD_SIGNATURE);
    }
  }

  /** When {@link #onTimer} is to be called next. */
  public long nextDeadlineNs() {
    long announceNs = timer.nextNs();
    return announceNs != Long.MAX_VALUE && announceNs - nextSweepNs < 0 ? announceNs : nextSweepNs;
  }

  /** Does what is due. */
  public void onTimer(long nowNs, long unixNs) {
    if (nowNs - nextSweepNs >= 0) {
      nextSweepNs = nowNs + SWEEP_NS;
      index.sweep(nowNs);
      seen.removeIf((key, untilNs) -> untilNs - nowNs <= 0);
    }
    if (timer.isBuildDue(nowNs)) {
      own.build(unixNs);
      built(nowNs);
    } else if (timer.isSendDue(nowNs)) {
      broadcast(nowNs);
    }
  }

  /** What nodes have, to be searched. */
  public CapabilityIndex index() {
    return index;
  }

  /** The counters and sizes now. */
  public AnnouncementStats stats() {
    return new AnnouncementStats(
        received,
        Map.copyOf(dropped),
        accepted,
        forwarded,
        sent,
        pending.size(),
        index.size(),
        index.evicted(),
        seen.size(),
        seen.evicted());
  }

  private void built(long nowNs) {
    CapabilitySet said = own.said();
    if (said != null && !said.equals(index.get(self, nowNs))) {
      index.setOwn(said);
      output.onOwnCapabilities(said, ++changes);
    }
    if (timer.mayGo(nowNs)) {
      broadcast(nowNs);
    }
  }

  private void broadcast(long nowNs) {
    timer.gone(nowNs);
    byte[] announcement = own.encoded();
    if (announcement != null) {
      for (long peer : peers.keySet()) {
        output.send(peer, announcement);
        sent++;
      }
    }
  }

  /** What can be told without the signature: the rules in the order of the wire page. */
  private void check(long sender, Peer peer, CapabilityAnnouncement said, long nowNs) {
    Verification job = new Verification(sender, said);
    if (said.hopCount() == 0 && said.nodeId() != sender) {
      drop(AnnouncementDrop.IMPERSONATION);
    } else if (said.nodeId() == self) {
      drop(AnnouncementDrop.OWN);
    } else if (seen.contains(key(said)) || pending.contains(job)) {
      drop(AnnouncementDrop.COPY);
    } else if (said.signature() == null && settings.requireSigned()) {
      drop(AnnouncementDrop.UNSIGNED);
    } else if (said.nodeId() != said.entity().nodeId()) {
      drop(AnnouncementDrop.WRONG_ENTITY);
    } else if (said.signature() == null) {
      accept(sender, said, nowNs);
    } else if (pending.size() >= MAX_PENDING || peer.pending >= MAX_PENDING_OF_PEER) {
      drop(AnnouncementDrop.BUSY);
    } else {
      pending.add(job);
      peer.pending++;
      output.verify(job);
    }
  }

  private void accept(long sender, CapabilityAnnouncement said, long nowNs) {
    boolean isDirect = said.hopCount() == 0;
    if (seen.contains(key(said))) {
      drop(AnnouncementDrop.COPY);
      return;
    }
    // What nobody signed tells nothing of who the peer is.
    if (isDirect && said.signature() != null && !output.pin(sender, said.entity())) {
      drop(AnnouncementDrop.PIN_CONFLICT);
      return;
    }
    seen.put(key(said), sender, nowNs + settings.seenNs());
    accepted++;
    if (!isDirect) {
      output.onRoute(said.nodeId(), sender, said.hopCount());
    }
    passOn(sender, said);
    CapabilitySet has = CapabilitySet.of(ForeignTags.stripped(said.capabilities()));
    boolean isNews = index.fold(said, has, sender, nowNs);
    if (isNews || isDirect) {
      // Others may have told it before there was a session with the node.
      CapabilitySet latest = index.get(said.nodeId(), nowNs);
      output.onCapabilities(said.nodeId(), latest == null ? has : latest);
    }
    if (isDirect && !isNews) {
      drop(AnnouncementDrop.OLD);
    }
  }

  private void passOn(long sender, CapabilityAnnouncement said) {
    if (said.hopCount() >= CapabilityAnnouncement.MAX_HOPS) {
      return;
    }
    byte[] passed = said.forwarded().encode();
    if (passed.length > CapabilityAnnouncement.MAX_BYTES) {
      return;
    }
    // The peer that leads to the node is told as well, unlike by natives: it may have missed it.
    for (long peer : peers.keySet()) {
      if (peer != sender && peer != said.nodeId()) {
        output.send(peer, passed);
        forwarded++;
      }
    }
  }

  private static Key key(CapabilityAnnouncement said) {
    return new Key(said.nodeId(), said.version(), said.hopCount() == 0);
  }

  private void forgetSeen(long node) {
    seen.removeIf((key, untilNs) -> key.node() == node);
  }

  private void drop(AnnouncementDrop reason) {
    dropped.merge(reason, 1L, Long::sum);
  }
}
