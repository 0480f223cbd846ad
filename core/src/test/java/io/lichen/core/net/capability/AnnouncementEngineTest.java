// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.json.Fuzz;
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
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnnouncementEngineTest {
  private static final long MS_NS = 1_000_000L;
  private static final long SECOND_NS = 1000 * MS_NS;
  private static final long UNIX_NS = 1_700_000_000_000_000_000L;
  private static final EntityKeyPair SELF = keys(1);
  private static final EntityKeyPair A = keys(2);
  private static final EntityKeyPair B = keys(3);
  private static final EntityKeyPair FAR = keys(4);
  private static final CapabilitySet PROD = CapabilitySet.builder().tag("prod").build();

  /** What went out. */
  private static final class Output implements AnnouncementOutput {
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

  private final Output output = new Output();
  private AnnouncementEngine engine =
      new AnnouncementEngine(SELF, AnnouncementSettings.defaults(), output, 0, UNIX_NS);
  private long nowNs;

  @Test
  void shouldAnnounceToAllPeersWithTheTagsOfTheNode() {
    connect(A, B);
    engine.announce(PROD, nowNs, UNIX_NS);

    assertEquals(2, output.sent.size());
    CapabilityAnnouncement said = output.sent.getFirst().said();
    assertEquals(
        List.of(
            "lichen.stream.fragment_reassembly@1",
            "nat:unknown",
            "net.reliable.stream_ack_ranges@1",
            "net.stream.fragment_reassembly@1",
            "prod"),
        said.capabilities().tags());
    assertEquals(UNIX_NS / MS_NS + 1, said.version());
    assertEquals(UNIX_NS, said.timestampNs());
    assertEquals(300, said.ttlSecs());
    assertTrue(said.isSigned());
    assertEquals(
        List.of(id(SELF)),
        engine.index().find(CapabilityFilter.ofTags("prod"), ScopeFilter.ANY, nowNs));
    assertEquals(1, output.changes);
  }

  @Test
  void shouldTellNewPeersWhatWasAnnouncedLast() {
    connect(A);
    assertEquals(0, output.sent.size());
    engine.announce(PROD, nowNs, UNIX_NS);

    connect(B);

    assertEquals(2, output.sent.size());
    assertEquals(output.sent.get(0).said(), output.sent.get(1).said());
  }

  @Test
  void shouldLetTenSecondsPassBetweenAnnouncements() {
    connect(A);
    for (int i = 0; i < 20; i++) {
      engine.announce(CapabilitySet.builder().tag("v" + i).build(), nowNs, UNIX_NS);
      run(SECOND_NS);
    }
    run(10 * SECOND_NS);

    assertEquals(
        List.of("v0", "v9", "v19"),
        output.sent.stream().map(s -> s.said().capabilities().tags().getLast()).toList());
    run(30 * SECOND_NS);
    assertEquals(3, output.sent.size());
  }

  @Test
  void shouldAnnounceAnewAfter150Seconds() {
    connect(A);
    engine.announce(PROD, nowNs, UNIX_NS);
    run(301 * SECOND_NS);

    assertEquals(
        List.of(1L, 2L, 3L),
        output.sent.stream().map(s -> s.said().version() - UNIX_NS / MS_NS).toList());
    assertEquals(UNIX_NS + 150 * SECOND_NS, output.sent.get(1).said().timestampNs());
    assertEquals(1, output.changes, "what it has is the same");
  }

  @Test
  void shouldGatherChangesOfServices() {
    connect(A);
    engine.setServices(Set.of("early"), nowNs);
    run(SECOND_NS);
    assertEquals(0, output.sent.size(), "nothing was announced yet");
    engine.announce(PROD, nowNs, UNIX_NS);
    run(20 * SECOND_NS);
    for (int i = 0; i < 5; i++) {
      engine.setServices(Set.of("echo", "s" + i), nowNs);
      run(10 * MS_NS);
    }
    engine.setNat("nat:open", reflex(), nowNs);
    assertEquals(1, output.sent.size());
    run(60 * MS_NS);

    assertEquals(2, output.sent.size());
    CapabilityAnnouncement said = output.sent.getLast().said();
    assertTrue(said.capabilities().tags().containsAll(List.of("nrpc:echo", "nrpc:s4", "nat:open")));
    assertEquals("1.2.3.4:5", said.reflex() == null ? "" : said.reflex().text());
  }

  @Test
  void shouldRefuseToAnnounceWhatDoesNotFit() {
    engine.announce(PROD, nowNs, UNIX_NS);
    CapabilitySet huge = CapabilitySet.builder().metadata("k", "x".repeat(8104)).build();

    assertThrows(IllegalArgumentException.class, () -> engine.announce(huge, nowNs, UNIX_NS));

    connect(A);
    assertTrue(output.sent.getFirst().said().capabilities().tags().contains("prod"));
  }

  @Test
  void shouldNumberFromTheClockAfterARestart() {
    engine.announce(PROD, nowNs, UNIX_NS);
    run(1000 * SECOND_NS);
    connect(A);
    engine =
        new AnnouncementEngine(
            SELF, AnnouncementSettings.defaults(), output, nowNs, UNIX_NS + nowNs);
    connect(A);
    engine.announce(PROD, nowNs, UNIX_NS + nowNs);

    assertTrue(output.sent.get(1).said().version() > output.sent.get(0).said().version());
  }

  @Test
  void shouldTakeInWhatAPeerSaysOfItself() {
    connect(A, B);

    hear(A, said(A, 5, "x"));

    assertEquals(A.id(), output.pins.get(id(A)));
    assertEquals(List.of(id(A)), find("x"));
    assertEquals(List.of(id(A)), output.news);
    assertEquals(1, output.sent.size());
    assertEquals(id(B), output.sent.getFirst().peer());
    assertEquals(1, output.sent.getFirst().said().hopCount());
    assertTrue(output.sent.getFirst().said().isSigned());
  }

  @Test
  void shouldTakeInWhatAPeerPassesOn() {
    connect(A, B, keys(9));
    hear(A, said(FAR, 5, "x").forwarded());

    assertNull(output.pins.get(id(FAR)));
    assertEquals(id(A), output.routes.get(id(FAR)));
    assertEquals(List.of(id(FAR)), find("x"));
    assertEquals(2, output.sent.size());
    assertEquals(2, output.sent.getFirst().said().hopCount());
  }

  @Test
  void shouldNotPassOnToTheNodeItselfOrBeyond16Hops() {
    connect(A, B, FAR);
    hear(A, hops(said(FAR, 5, "y"), 1));
    assertEquals(List.of(id(B)), output.sent.stream().map(Output.Sent::peer).toList());
    output.sent.clear();

    hear(A, hops(said(keys(8), 5, "z"), 15));
    assertEquals(List.of(), output.sent);
    assertEquals(List.of(id(keys(8))), find("z"));
  }

  @Test
  void shouldDropCopiesEvenWhileOneIsLookedAt() {
    connect(A, B);
    CapabilityAnnouncement said = said(FAR, 5, "x").forwarded();
    receive(A, said);
    receive(A, said);
    assertEquals(1, output.jobs.size());
    receive(B, said);
    assertEquals(2, output.jobs.size(), "of another peer: the first might be forged");
    verifyAll();
    receive(B, hops(said, 3));

    assertEquals(3, dropped(AnnouncementDrop.COPY));
    assertEquals(1, engine.stats().accepted());
  }

  @Test
  void shouldKnowCopiesForTenMinutes() {
    connect(A);
    hear(A, said(FAR, 5, "x").forwarded());
    run(590 * SECOND_NS);
    hear(A, said(FAR, 5, "x").forwarded());
    assertEquals(1, dropped(AnnouncementDrop.COPY));
    run(21 * SECOND_NS);

    hear(A, said(FAR, 5, "x").forwarded());

    assertEquals(1, dropped(AnnouncementDrop.COPY));
  }

  @Test
  void shouldDropLies() throws NetWireException {
    connect(A, B);
    hear(A, said(B, 1, "x"));
    hear(A, hops(said(SELF, 1, "x"), 1));
    hear(keys(9), said(keys(9), 1, "x"));
    hear(A, unsigned(A));
    CapabilityAnnouncement forged =
        decode(new String(said(A, 2, "x").encode(), UTF_8).replace("\"x\"", "\"y\""));
    hear(A, forged);
    CapabilityAnnouncement foreign =
        decode(new String(said(A, 3, "x").encode(), UTF_8).replace(A.id().hex(), B.id().hex()));
    hear(A, foreign);
    engine.onAnnouncement(id(A), Unpooled.wrappedBuffer(new byte[] {'{'}), nowNs);

    assertEquals(1, dropped(AnnouncementDrop.IMPERSONATION));
    assertEquals(1, dropped(AnnouncementDrop.OWN));
    assertEquals(1, dropped(AnnouncementDrop.STRANGER));
    assertEquals(1, dropped(AnnouncementDrop.UNSIGNED));
    assertEquals(1, dropped(AnnouncementDrop.BAD_SIGNATURE));
    assertEquals(1, dropped(AnnouncementDrop.WRONG_ENTITY));
    assertEquals(1, dropped(AnnouncementDrop.MALFORMED));
    assertEquals(List.of(), find("x"));
    assertEquals(Map.of(), output.pins);
    assertEquals(List.of(), output.sent);
  }

  @Test
  void shouldKeepToWhomItKnowsAPeerToBe() {
    connect(A);
    output.pins.put(id(A), B.id());

    hear(A, said(A, 1, "x"));

    assertEquals(1, dropped(AnnouncementDrop.PIN_CONFLICT));
    assertEquals(List.of(), find("x"));
  }

  @Test
  void shouldTakeUnsignedOnesWhereThatIsAllowed() {
    engine =
        new AnnouncementEngine(
            SELF, AnnouncementSettings.defaults().withRequireSigned(false), output, nowNs, UNIX_NS);
    connect(A);

    hear(A, unsigned(A));

    assertEquals(List.of(id(A)), find("x"));
    assertEquals(Map.of(), output.pins);
  }

  @Test
  void shouldBelieveTheNewestWord() {
    connect(A);
    hear(A, said(A, 5, "five"));
    hear(A, said(A, 4, "four", -1));
    assertEquals(List.of(id(A)), find("five"));
    assertEquals(1, dropped(AnnouncementDrop.OLD));

    hear(A, said(A, 6, "six", -1));
    assertEquals(List.of(id(A)), find("six"));
    hear(A, said(A, 1, "restarted", 1));
    assertEquals(List.of(id(A)), find("restarted"));
  }

  @Test
  void shouldForgetWhatHasExpired() {
    connect(A);
    hear(A, said(A, 5, "x"));
    run(299 * SECOND_NS);
    assertEquals(List.of(id(A)), find("x"));
    run(SECOND_NS);
    assertEquals(List.of(), find("x"));
    assertNull(engine.index().get(id(A), nowNs));
    run(20 * SECOND_NS);

    assertEquals(0, engine.stats().nodesKnown());
  }

  @Test
  void shouldHearAPeerAnewThatHadFailed() {
    connect(A);
    hear(A, said(A, 5, "x"));
    engine.peerDown(id(A));
    assertEquals(List.of(), find("x"));
    connect(A);

    hear(A, said(A, 5, "x"));

    assertEquals(List.of(id(A)), find("x"));
  }

  @Test
  void shouldHearAPeerAnewThatWasRestartedAndCountsFromTheBeginning() {
    connect(A);
    hear(A, said(A, 1, "before"));
    connect(A);

    hear(A, said(A, 1, "after", SECOND_NS));

    assertEquals(List.of(id(A)), find("after"));
  }

  @Test
  void shouldNotLetOnePeerFillTheQueueOfSignatures() {
    connect(A, B);
    for (int i = 0; i < 300; i++) {
      receive(A, hops(said(keys(100 + i % 4), i, "x"), 1));
    }
    assertEquals(AnnouncementEngine.MAX_PENDING_OF_PEER, output.jobs.size());
    assertEquals(300 - 128, dropped(AnnouncementDrop.BUSY));

    receive(B, said(B, 1, "y"));
    assertEquals(129, output.jobs.size());
    verifyAll();
    receive(A, said(A, 1, "z"));
    assertEquals(1, output.jobs.size());
  }

  @Test
  void shouldHearSoMuchOfAPeerAndNoMore() {
    connect(A);
    for (int i = 0; i < 2000; i++) {
      engine.onAnnouncement(id(A), Unpooled.wrappedBuffer(new byte[] {'{'}), nowNs);
    }

    assertEquals(1024, dropped(AnnouncementDrop.MALFORMED));
    assertEquals(976, dropped(AnnouncementDrop.FLOOD));
  }

  @Test
  void shouldIgnoreResultsForPeersThatAreGone() {
    connect(A);
    receive(A, said(A, 1, "x"));
    engine.peerDown(id(A));
    verifyAll();

    assertEquals(List.of(), find("x"));
    assertEquals(0, engine.stats().pending());
  }

  @Test
  void shouldTakeAnythingFromAPeer() {
    connect(A);
    Fuzz.run(
        List.of(said(A, 1, "x").encode(), said(FAR, 1, "x").forwarded().encode()),
        input -> {
          nowNs += 20 * MS_NS;
          engine.onAnnouncement(id(A), Unpooled.wrappedBuffer(input), nowNs);
          for (Verification job = output.jobs.poll(); job != null; job = output.jobs.poll()) {
            engine.onVerified(job, false, nowNs);
          }
        });
  }

  private void connect(EntityKeyPair... peers) {
    for (EntityKeyPair peer : peers) {
      engine.peerUp(id(peer), nowNs);
    }
  }

  private void hear(EntityKeyPair peer, CapabilityAnnouncement said) {
    receive(peer, said);
    verifyAll();
  }

  private void receive(EntityKeyPair peer, CapabilityAnnouncement said) {
    engine.onAnnouncement(id(peer), Unpooled.wrappedBuffer(said.encode()), nowNs);
  }

  private void verifyAll() {
    for (Verification job = output.jobs.poll(); job != null; job = output.jobs.poll()) {
      engine.onVerified(job, job.run(), nowNs);
    }
  }

  private void run(long durationNs) {
    long endNs = nowNs + durationNs;
    while (engine.nextDeadlineNs() - endNs <= 0) {
      nowNs = Math.max(nowNs, engine.nextDeadlineNs());
      engine.onTimer(nowNs, UNIX_NS + nowNs);
    }
    nowNs = endNs;
  }

  private List<Long> find(String tag) {
    return engine.index().find(CapabilityFilter.ofTags(tag), ScopeFilter.ANY, nowNs);
  }

  private long dropped(AnnouncementDrop reason) {
    return engine.stats().dropped().getOrDefault(reason, 0L);
  }

  private static CapabilityAnnouncement said(EntityKeyPair who, long version, String tag) {
    return said(who, version, tag, 0);
  }

  private static CapabilityAnnouncement said(
      EntityKeyPair who, long version, String tag, long laterNs) {
    return CapabilityAnnouncement.unsigned(
            who.id(),
            version,
            UNIX_NS + laterNs,
            300,
            CapabilityTags.of(List.of(tag), Map.of()),
            null)
        .sign(who);
  }

  private static CapabilityAnnouncement unsigned(EntityKeyPair who) {
    return CapabilityAnnouncement.unsigned(
        who.id(), 1, UNIX_NS, 300, CapabilityTags.of(List.of("x"), Map.of()), null);
  }

  private static CapabilityAnnouncement hops(CapabilityAnnouncement said, int count) {
    CapabilityAnnouncement passed = said;
    while (passed.hopCount() < count) {
      passed = passed.forwarded();
    }
    return passed;
  }

  private static CapabilityAnnouncement decode(String text) throws NetWireException {
    return CapabilityAnnouncement.decode(Unpooled.wrappedBuffer(text.getBytes(UTF_8)));
  }

  private static ReflexAddress reflex() {
    return ReflexAddress.of(new InetSocketAddress("1.2.3.4", 5));
  }

  private static long id(EntityKeyPair keys) {
    return keys.id().nodeId();
  }

  private static EntityKeyPair keys(int number) {
    byte[] seed = new byte[32];
    seed[0] = (byte) number;
    seed[1] = (byte) (number >> 8);
    return EntityKeyPair.ofSeed(seed);
  }
}
