// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lichen.core.net.wire.CapabilityAnnouncement;
import io.lichen.core.net.wire.CapabilityTags;
import io.lichen.core.net.wire.NetWireException;
import io.lichen.core.net.wire.ReflexAddress;
import io.lichen.crypto.entity.EntityId;
import io.lichen.crypto.entity.EntityKeyPair;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** An engine, what it sends, some keys, and a time of its own. */
abstract class AnnouncementFixture {
  static final long MS_NS = 1_000_000L;
  static final long SECOND_NS = 1000 * MS_NS;
  static final long UNIX_NS = 1_700_000_000_000_000_000L;
  static final EntityKeyPair SELF = keys(1);
  static final EntityKeyPair A = keys(2);
  static final EntityKeyPair B = keys(3);
  static final EntityKeyPair FAR = keys(4);
  static final CapabilitySet PROD = CapabilitySet.builder().tag("prod").build();

  /** What went out. */
  static final class Output implements AnnouncementOutput {
    record Sent(long peer, CapabilityAnnouncement said) {}

    final List<Sent> sent = new ArrayList<>();
    final Queue<Verification> jobs = new ArrayDeque<>();
    final Map<Long, EntityId> pins = new HashMap<>();
    final Map<Long, Long> routes = new HashMap<>();
    final List<Long> news = new ArrayList<>();
    int changes;

    @Override
    public void send(long peer, byte[] announcement) {
      try {
        sent.add(
            new Sent(peer, CapabilityAnnouncement.decode(Unpooled.wrappedBuffer(announcement))));
      } catch (NetWireException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void verify(Verification job) {
      jobs.add(job);
    }

    @Override
    public boolean pin(long peer, EntityId entity) {
      return entity.equals(pins.computeIfAbsent(peer, unused -> entity));
    }

    @Override
    public void onRoute(long node, long via, int hopCount) {
      routes.putIfAbsent(node, via);
    }

    @Override
    public void onCapabilities(long node, CapabilitySet has) {
      news.add(node);
    }

    @Override
    public void onOwnCapabilities(CapabilitySet has, int count) {
      changes = count;
    }
  }

  final Output output = new Output();
  AnnouncementEngine engine =
      new AnnouncementEngine(SELF, AnnouncementSettings.defaults(), output, 0, UNIX_NS);
  long nowNs;

  void connect(EntityKeyPair... peers) {
    for (EntityKeyPair peer : peers) {
      engine.peerUp(id(peer), nowNs);
    }
  }

  void hear(EntityKeyPair peer, CapabilityAnnouncement said) {
    receive(peer, said);
    verifyAll();
  }

  void receive(EntityKeyPair peer, CapabilityAnnouncement said) {
    engine.onAnnouncement(id(peer), Unpooled.wrappedBuffer(said.encode()), nowNs);
  }

  void verifyAll() {
    for (Verification job = output.jobs.poll(); job != null; job = output.jobs.poll()) {
      engine.onVerified(job, job.run(), nowNs);
    }
  }

  void run(long durationNs) {
    long endNs = nowNs + durationNs;
    while (engine.nextDeadlineNs() - endNs <= 0) {
      nowNs = Math.max(nowNs, engine.nextDeadlineNs());
      engine.onTimer(nowNs, UNIX_NS + nowNs);
    }
    nowNs = endNs;
  }

  List<Long> find(String tag) {
    return engine.index().find(CapabilityFilter.ofTags(tag), ScopeFilter.ANY, nowNs);
  }

  long dropped(AnnouncementDrop reason) {
    return engine.stats().dropped().getOrDefault(reason, 0L);
  }

  static CapabilityAnnouncement said(EntityKeyPair who, long version, String tag) {
    return said(who, version, tag, 0);
  }

  static CapabilityAnnouncement said(EntityKeyPair who, long version, String tag, long laterNs) {
    return CapabilityAnnouncement.unsigned(
            who.id(),
            version,
            UNIX_NS + laterNs,
            300,
            CapabilityTags.of(List.of(tag), Map.of()),
            null)
        .sign(who);
  }

  static CapabilityAnnouncement unsigned(EntityKeyPair who) {
    return CapabilityAnnouncement.unsigned(
        who.id(), 1, UNIX_NS, 300, CapabilityTags.of(List.of("x"), Map.of()), null);
  }

  static CapabilityAnnouncement hops(CapabilityAnnouncement said, int count) {
    CapabilityAnnouncement passed = said;
    while (passed.hopCount() < count) {
      passed = passed.forwarded();
    }
    return passed;
  }

  static CapabilityAnnouncement decode(String text) throws NetWireException {
    return CapabilityAnnouncement.decode(Unpooled.wrappedBuffer(text.getBytes(UTF_8)));
  }

  static ReflexAddress reflex() {
    return ReflexAddress.of(new InetSocketAddress("1.2.3.4", 5));
  }

  static long id(EntityKeyPair keys) {
    return keys.id().nodeId();
  }

  static EntityKeyPair keys(int number) {
    byte[] seed = new byte[32];
    seed[0] = (byte) number;
    seed[1] = (byte) (number >> 8);
    return EntityKeyPair.ofSeed(seed);
  }
}
