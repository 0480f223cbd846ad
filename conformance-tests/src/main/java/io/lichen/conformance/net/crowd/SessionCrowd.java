// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.net.crowd;

import io.lichen.crypto.entity.EntityKeyPair;
import io.lichen.transport.net.NetDial;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.netty.Channels;
import io.lichen.transport.netty.SocketKit;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many peers of one node, each with keys, an engine and a socket of its own, all on one thread. For
 * one caller at a time.
 */
public final class SessionCrowd implements AutoCloseable {
  /** Handshakes at once. */
  private static final int DIALS = 32;

  private static final long DIAL_LIMIT_S = 60;
  private static final int BUFFER_BYTES = 256 * 1024;
  private static final int DATAGRAM_BYTES = 8192;

  private final EventLoopGroup loops;
  private final List<CrowdMember> members = new ArrayList<>();
  private final List<Long> gapsNs = new ArrayList<>();
  private final AtomicLong beats = new AtomicLong();

  private SessionCrowd(EventLoopGroup loops) {
    this.loops = loops;
  }

  /** So many peers on loopback, which know nobody yet. */
  public static SessionCrowd open(int size, byte[] psk) {
    SocketKit kit = new SocketKit();
    SessionCrowd crowd = new SessionCrowd(kit.newLoops("crowd", 1));
    SecureRandom random = new SecureRandom();
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    for (int i = 0; i < size; i++) {
      Channel channel =
          kit.datagrams(crowd.loops, SocketKit.family(any), BUFFER_BYTES, DATAGRAM_BYTES)
              .handler(new ChannelInboundHandlerAdapter())
              .bind(any)
              .syncUninterruptibly()
              .channel();
      EntityKeyPair keys = EntityKeyPair.generate(random);
      crowd.members.add(new CrowdMember(keys, psk, channel, crowd.gapsNs));
    }
    return crowd;
  }

  /** All of them open a session with a node; returns when they have. */
  public void connect(NetDial dial) {
    for (int from = 0; from < members.size(); from += DIALS) {
      List<CompletableFuture<NetSession>> results = new ArrayList<>();
      for (CrowdMember member : members.subList(from, Math.min(from + DIALS, members.size()))) {
        CompletableFuture<NetSession> result = new CompletableFuture<>();
        results.add(result);
        loop().execute(() -> member.connect(dial, result));
      }
      CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
          .orTimeout(DIAL_LIMIT_S, TimeUnit.SECONDS)
          .join();
    }
  }

  /** From now on each of them sends a heartbeat in every period, not all at the same time. */
  public void beat(Duration period) {
    long periodNs = period.toNanos();
    for (int i = 0; i < members.size(); i++) {
      CrowdMember member = members.get(i);
      long delayNs = periodNs * i / members.size();
      var unused =
          loop()
              .scheduleAtFixedRate(
                  () -> {
                    beats.incrementAndGet();
                    member.beat();
                  },
                  delayNs,
                  periodNs,
                  TimeUnit.NANOSECONDS);
    }
  }

  /** How many heartbeats they have sent. */
  public long beats() {
    return beats.get();
  }

  /** The times between the node's heartbeats since this was last asked. */
  public Gaps takeGaps() {
    return loop()
        .submit(
            () -> {
              Gaps gaps = Gaps.of(gapsNs);
              gapsNs.clear();
              return gaps;
            })
        .syncUninterruptibly()
        .getNow();
  }

  private EventLoop loop() {
    return loops.next();
  }

  /** Ends all of them. */
  @Override
  public void close() {
    loop().submit(() -> members.forEach(CrowdMember::close)).syncUninterruptibly();
    Channels.shutDown(loops);
  }
}
