// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.net.crowd;

import io.lichen.conformance.net.DeafListener;
import io.lichen.core.net.wire.CapabilityAnnouncement;
import io.lichen.core.net.wire.CapabilityTags;
import io.lichen.core.net.wire.Pingwave;
import io.lichen.core.net.wire.PingwaveHealth;
import io.lichen.core.net.wire.SubprotocolIds;
import io.lichen.crypto.entity.EntityKeyPair;
import io.lichen.transport.net.NetDial;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetTransportConfig;
import io.lichen.transport.net.SessionEnd;
import io.lichen.transport.net.session.NetEndpoint;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A peer that does what an idle node does, and no more: it says once who it is, and at every beat
 * sends a heartbeat and a pingwave. On the crowd's loop.
 */
final class CrowdMember extends DeafListener {
  private static final int OWN_TTL = 3;
  private static final long ANNOUNCEMENT_TTL_SECS = 300;
  private static final long US_PER_MS = 1000;
  private static final long NS_PER_MS = 1_000_000;

  private final EntityKeyPair keys;
  private final MemberSocket socket;
  private final NetEndpoint endpoint;
  private final List<Long> gapsNs;
  private @Nullable NetSession session;
  private @Nullable NetDial dial;
  private long heardNs;
  private long waves = System.currentTimeMillis();

  /** The times between heartbeats are added to the list. */
  CrowdMember(EntityKeyPair keys, byte[] psk, Channel channel, List<Long> gapsNs) {
    this.keys = keys;
    this.gapsNs = gapsNs;
    socket = new MemberSocket(channel);
    endpoint =
        new NetEndpoint(
            NetTransportConfig.defaults(keys.id().nodeId(), psk),
            this,
            new CrowdLoop(channel.eventLoop()),
            socket,
            new SecureRandom());
    socket.start(endpoint);
  }

  void connect(NetDial to, CompletableFuture<NetSession> result) {
    dial = to;
    endpoint.connect(to, result);
    socket.arm();
  }

  /** Sends what an idle node sends once in a heartbeat's period. */
  void beat() {
    if (session == null || dial == null) {
      return;
    }
    var unused = session.sendHeartbeat();
    Pingwave wave =
        new Pingwave(
            keys.id().nodeId(),
            ++waves,
            OWN_TTL,
            0,
            System.currentTimeMillis() * US_PER_MS,
            0,
            0,
            0,
            PingwaveHealth.HEALTHY,
            0);
    endpoint.sendPlain(dial.address(), Unpooled.wrappedBuffer(wave.encode()));
  }

  void close() {
    endpoint.close();
    socket.close();
  }

  @Override
  public void onSession(NetSession newSession) {
    session = newSession;
    heardNs = System.nanoTime();
    long nowMs = System.currentTimeMillis();
    CapabilityAnnouncement announcement =
        CapabilityAnnouncement.unsigned(
                keys.id(),
                nowMs,
                nowMs * NS_PER_MS,
                ANNOUNCEMENT_TTL_SECS,
                CapabilityTags.EMPTY,
                null)
            .sign(keys);
    var unused =
        newSession.send(SubprotocolIds.CAPABILITY, Unpooled.wrappedBuffer(announcement.encode()));
  }

  @Override
  public void onSessionEnded(NetSession ended, SessionEnd reason) {
    session = null;
  }

  @Override
  public void onHeartbeat(NetSession from) {
    long nowNs = System.nanoTime();
    gapsNs.add(nowNs - heardNs);
    heardNs = nowNs;
  }
}
