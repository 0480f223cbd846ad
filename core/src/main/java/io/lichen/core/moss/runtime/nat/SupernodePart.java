// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat;

import io.lichen.core.moss.MossEvent;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.wire.Announcements;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.nat.profile.NatProfile;
import io.lichen.nat.reach.SupernodeRule;
import io.lichen.nat.reach.SupernodeState;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Makes the node known as one that relays, as long as it is fit for that (docs/wire/moss-nat.md,
 * "Supernodes"). The node's loop only, but for {@link #isActive}.
 */
public final class SupernodePart implements NatPart {
  /** While it is one, it says so again after so many heartbeats. */
  private static final int REPEAT_BEATS = 10;

  private static final int MOST_SESSIONS = 1 << 20;

  private final NatContext context;
  private final Supplier<String> advertised;
  private final IntSupplier sessions;
  private final SupernodeState state;
  private final long beatNs;
  private final long startedNs;
  private long dueNs;
  private int beats;
  private byte[] announcement = {};
  private volatile boolean active;

  /**
   * Makes one.
   *
   * @param advertised where this node says it is
   * @param sessions how many it carries for others
   */
  public SupernodePart(NatContext context, Supplier<String> advertised, IntSupplier sessions) {
    this.context = context;
    this.advertised = advertised;
    this.sessions = sessions;
    var nat = context.config().nat();
    this.state =
        new SupernodeState(
            new SupernodeRule(
                TimeUnit.SECONDS.toNanos(nat.supernodeMinUptimeSec()),
                (int) Math.min(nat.relayMaxSessions(), MOST_SESSIONS)));
    this.beatNs = TimeUnit.MILLISECONDS.toNanos(context.config().gossipSub().heartbeatMs());
    this.startedNs = context.clockNs().getAsLong();
    this.dueNs = startedNs + beatNs;
  }

  /** Whether the node is one; any thread. */
  public boolean isActive() {
    return active;
  }

  @Override
  public long nextDeadlineNs() {
    return dueNs;
  }

  @Override
  public void onTimer(long nowNs) {
    dueNs = nowNs + beatNs;
    update(nowNs);
    if (active && ++beats >= REPEAT_BEATS) {
      beats = 0;
      tellAll(EnvelopeType.SUPERNODE_ANNOUNCE);
    }
  }

  @Override
  public void profileChanged(NatProfile before, NatProfile now, long nowNs) {
    update(nowNs);
  }

  @Override
  public void joined(PeerLink link, boolean replaced, long nowNs) {
    if (active) {
      link.control(announcement);
    }
  }

  private void update(long nowNs) {
    NatProfile profile = context.parts().profile();
    if (!state.update(profile, nowNs - startedNs, sessions.getAsInt(), nowNs)) {
      return;
    }
    active = state.isActive();
    beats = 0;
    tellAll(active ? EnvelopeType.SUPERNODE_ANNOUNCE : EnvelopeType.SUPERNODE_REVOKE);
    context.exchange().refreshOwn();
    MossEvent.Type type =
        active ? MossEvent.Type.SUPERNODE_PROMOTED : MossEvent.Type.SUPERNODE_REVOKED;
    context.events().add(new MossEvent(type, Map.of("nat_type", profile.type().wireName())));
  }

  private void tellAll(EnvelopeType type) {
    announcement = EnvelopeCodec.encode(signed(type));
    context.exchange().tellOwnStatus(type, announcement);
  }

  private Envelope signed(EnvelopeType type) {
    NatProfile profile = context.parts().profile();
    return Announcements.sign(
        Envelope.of(type)
            .advertisedPeerId(context.identity().peerId().hex())
            .advertisedAddress(advertised.get())
            .advertisedNatType(profile.type().wireName())
            .advertisedReachable(profile.reachable())
            .advertisedRelayCapable(type == EnvelopeType.SUPERNODE_ANNOUNCE)
            .build(),
        context.identity());
  }
}
